package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.OCIRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures that {@code spec.verify} asks for: those of cosign with the public keys of
 * a Secret. They lie beside the artifact, under a tag made of its digest, and sign a text that
 * names the digest.
 */
public final class CosignCheck {

    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    private static final int MAX_PAYLOAD = 1 << 16;
    private static final int MAX_SIGNATURES = 100;

    private final RegistryClient registry;
    private final SourceSecrets secrets;

    public CosignCheck(RegistryClient registry, SourceSecrets secrets) {
        this.registry = registry;
        this.secrets = secrets;
    }

    /** What must be signed. */
    public record Subject(RegistryAccess access, ImageName name, String digest) {}

    /** What was found good for this generation of the object; empty if it must be checked again. */
    public static Optional<Outcome.Verified> known(Source<?> source) {
        return source.status().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionTypes.SOURCE_VERIFIED))
                .filter(Condition::isTrue)
                .filter(condition ->
                        Long.valueOf(source.metadata().generation())
                                .equals(condition.observedGeneration()))
                .findFirst()
                .map(condition -> new Outcome.Verified(condition.message()));
    }

    /**
     * Checks that the manifest of a digest is signed.
     *
     * @param namespace of the Secret with the keys
     * @param wish whose signature is asked for; null for none
     * @return empty where no signature is asked for
     */
    public Optional<Outcome.Verified> check(
            String namespace, OCIRepository.@Nullable Verification wish, Subject subject)
            throws SourceException, InterruptedException {
        if (wish == null) {
            return Optional.empty();
        }
        if (!wish.provider().equals("cosign")) {
            throw unsupported(
                    "spec.verify.provider '%s' is not supported: sign with cosign and a key"
                            .formatted(wish.provider()));
        }
        if (wish.secretRef() == null) {
            throw unsupported(
                    "verification without keys is not supported: name a Secret with cosign's public keys in spec.verify.secretRef");
        }
        List<PublicKey> keys = keys(namespace, wish);
        try {
            if (isSigned(subject.access(), subject.name(), subject.digest(), keys)) {
                return Optional.of(
                        new Outcome.Verified("verified signature of digest " + subject.digest()));
            }
        } catch (IOException e) {
            throw failed(
                    "the signatures of %s@%s can't be had: %s"
                            .formatted(subject.name(), subject.digest(), e.getMessage()));
        }
        throw failed(
                "no key of Secret '%s/%s' made a signature of %s@%s"
                        .formatted(
                                namespace,
                                wish.secretRef().name(),
                                subject.name(),
                                subject.digest()));
    }

    private List<PublicKey> keys(String namespace, OCIRepository.Verification wish)
            throws SourceException {
        Map<String, byte[]> secret;
        try {
            secret = secrets.named(namespace, wish.secretRef());
        } catch (SourceException e) {
            throw failed(e.getMessage());
        }
        List<PublicKey> keys = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : secret.entrySet()) {
            if (entry.getKey().endsWith(".pub")) {
                String pem = new String(entry.getValue(), StandardCharsets.UTF_8);
                keys.add(
                        PublicKeys.read(pem)
                                .orElseThrow(() ->
                                        failed(
                                                "'%s' of the Secret with the public keys is none in PEM"
                                                        .formatted(entry.getKey()))));
            }
        }
        if (keys.isEmpty()) {
            throw failed("the Secret with the public keys has none: their names end with .pub");
        }
        return keys;
    }

    private boolean isSigned(
            RegistryAccess access, ImageName name, String digest, List<PublicKey> keys)
            throws IOException, InterruptedException {
        Manifest signatures = registry.manifest(access, name, digest.replace(':', '-') + ".sig");
        int looked = 0;
        for (Manifest.Layer layer : signatures.layers()) {
            String signature = layer.annotations().getOrDefault(SIGNATURE, "");
            if (!signature.isEmpty() && looked++ < MAX_SIGNATURES) {
                byte[] payload = registry.blob(access, name, layer, MAX_PAYLOAD);
                if (isOf(payload, digest) && isBy(keys, payload, signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOf(byte[] payload, String digest) throws IOException {
        JsonNode critical = Manifest.tree(payload).path("critical");
        return critical.path("image").path("docker-manifest-digest").asText("").equals(digest)
                && critical.path("type").asText("").equals("cosign container image signature");
    }

    private static boolean isBy(List<PublicKey> keys, byte[] payload, String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.strip());
            return keys.stream().anyMatch(key -> PublicKeys.verifies(key, payload, bytes));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SourceException failed(String message) {
        return new SourceException(
                ConditionTypes.SOURCE_VERIFIED, Reasons.VERIFICATION_ERROR, message);
    }

    private static SourceException unsupported(String message) {
        return SourceException.stalled(
                ConditionTypes.SOURCE_VERIFIED, Reasons.VERIFICATION_ERROR, message);
    }
}
