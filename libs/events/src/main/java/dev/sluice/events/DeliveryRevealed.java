package dev.sluice.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery wants in the cluster, complete, sealed to the applier and signed by the
 * decryptor.
 *
 * @param bundle the sealed bundle (age, to the applier's identity)
 * @param rendered the bundle that it was made from, before secrets and variables were filled in:
 *     what audits can show to anyone
 * @param content keyed digest of the plaintext: equal content has an equal digest, and nobody
 *     without the key can guess from it
 * @param inputs keyed digest of the Secrets, ConfigMaps and keys that went in
 * @param buildDigest {@code sha256:...} of the built objects as text, which the history of the
 *     object shows
 * @param signature over delivery, position and bundle digest
 */
public record DeliveryRevealed(
        DeliveryId delivery,
        Position position,
        SourceRevision source,
        JsonNode spec,
        @Nullable String requestedAt,
        BundleRef bundle,
        @Nullable BundleRef rendered,
        String content,
        String inputs,
        String buildDigest,
        String signature)
        implements DeliveryEvent {

    /** Where it is not told from which bundle it was made. */
    public DeliveryRevealed(
            DeliveryId delivery,
            Position position,
            SourceRevision source,
            JsonNode spec,
            @Nullable String requestedAt,
            BundleRef bundle,
            String content,
            String inputs,
            String buildDigest,
            String signature) {
        this(
                delivery,
                position,
                source,
                spec,
                requestedAt,
                bundle,
                null,
                content,
                inputs,
                buildDigest,
                signature);
    }

    /** Whether this asks for no other work than that: the revision alone has moved on. */
    public boolean onlyMovesOn(DeliveryRevealed from) {
        return content.equals(from.content)
                && position.generation() == from.position.generation()
                && Objects.equals(requestedAt, from.requestedAt);
    }
}
