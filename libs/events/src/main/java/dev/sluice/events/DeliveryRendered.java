package dev.sluice.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery wants in the cluster was built, secrets still encrypted and variables not yet
 * filled in.
 *
 * @param spec of the object that it was rendered for, whole: the later stages act on this, not on
 *     what the object has become since
 * @param requestedAt the value of the annotation {@code reconcile.fluxcd.io/requestedAt} then
 * @param bundle the objects; a bundle of no objects is a bundle too
 * @param needsKeys a generator reads an encrypted file: the decryptor must build again from the
 *     source's artifact
 * @param readSet digest in the artifact store of what the build read; absent where it was not
 *     recorded
 */
public record DeliveryRendered(
        DeliveryId delivery,
        Position position,
        SourceRevision source,
        JsonNode spec,
        @Nullable String requestedAt,
        BundleRef bundle,
        boolean needsKeys,
        @Nullable String readSet)
        implements DeliveryEvent {

    /** Whether this asks for no other work than that: the revision alone has moved on. */
    public boolean onlyMovesOn(DeliveryRendered from) {
        return bundle.equals(from.bundle)
                && Objects.equals(readSet, from.readSet)
                && position.generation() == from.position.generation()
                && Objects.equals(requestedAt, from.requestedAt);
    }

    /** The same at another position. */
    public DeliveryRendered at(Position other) {
        return new DeliveryRendered(
                delivery, other, source, spec, requestedAt, bundle, needsKeys, readSet);
    }
}
