package dev.sluice.fetcher.oci;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** Public keys as cosign writes them, and what they signed. */
final class PublicKeys {

    private PublicKeys() {}

    /** Reads a key in PEM. */
    static Optional<PublicKey> read(String pem) {
        String body =
                pem.lines()
                        .filter(line -> !line.startsWith("-----"))
                        .reduce("", String::concat)
                        .strip();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Stream.of("EC", "RSA", "Ed25519")
                .map(algorithm -> read(algorithm, bytes))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PublicKey> read(String algorithm, byte[] bytes) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(algorithm)
                            .generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            // It may be a key of another kind.
            return Optional.empty();
        }
    }

    static boolean verifies(PublicKey key, byte[] payload, byte[] signature) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "Ed25519";
                };
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(payload);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of another form is none.
            return false;
        }
    }
}
