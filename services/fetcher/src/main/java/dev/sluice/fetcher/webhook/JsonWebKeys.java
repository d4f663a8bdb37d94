package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Public keys in the form of RFC 7517. */
final class JsonWebKeys {

    private static final int SMALLEST_RSA = 2048;
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
    private static final Map<String, String> CURVE_OF =
            Map.of("ES256", "P-256", "ES384", "P-384", "ES512", "P-521");

    private JsonWebKeys() {}

    /** The key of that id, or the only one of its type where the token names none. */
    static Optional<PublicKey> find(JsonNode keys, String id, String algorithm) {
        for (JsonNode key : keys) {
            boolean named = id.isEmpty() || key.path("kid").asText("").equals(id);
            boolean forSigning = key.path("use").asText("sig").equals("sig");
            if (named && forSigning) {
                Optional<PublicKey> read = read(key, algorithm);
                if (read.isPresent()) {
                    return read;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PublicKey> read(JsonNode key, String algorithm) {
        try {
            return switch (key.path("kty").asText("")) {
                case "RSA" ->
                        algorithm.matches("[RP]S\\d+") ? Optional.of(rsa(key)) : Optional.empty();
                case "EC" ->
                        key.path("crv").asText("").equals(CURVE_OF.get(algorithm))
                                ? Optional.of(ec(key))
                                : Optional.empty();
                case "OKP" ->
                        algorithm.equals("EdDSA") && key.path("crv").asText("").equals("Ed25519")
                                ? Optional.of(ed25519(key))
                                : Optional.empty();
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            // Another key of the set may be good.
            return Optional.empty();
        }
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        BigInteger modulus = number(key, "n");
        if (modulus.bitLength() < SMALLEST_RSA) {
            throw new GeneralSecurityException("the key is too short");
        }
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, number(key, "e")));
    }

    private static PublicKey ec(JsonNode key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(CURVES.get(key.path("crv").asText(""))));
        ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(
                        new ECPublicKeySpec(
                                point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey ed25519(JsonNode key) throws GeneralSecurityException {
        byte[] bytes = Base64.getUrlDecoder().decode(key.path("x").asText(""));
        boolean odd = (bytes[bytes.length - 1] & 0x80) != 0;
        bytes[bytes.length - 1] &= 0x7f;
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText("")));
    }
}
