package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.core.JsonPointer;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object as it shall be in the cluster, labelled for its owner.
 *
 * @param digest of it, see {@link KeyedDigest}
 * @param known as it was last applied, where that still holds
 * @param ignored fields that others may change
 */
record Wanted(
        KubernetesObject object,
        ObjectId id,
        String digest,
        Switches switches,
        @Nullable AppliedObject known,
        List<JsonPointer> ignored) {

    static Wanted of(KubernetesObject object, ApplyRequest request, KeyedDigest digest) {
        KubernetesObject labelled = object.copy();
        request.owner().label(labelled);
        request.common().labels().forEach(labelled::putLabel);
        request.common().annotations().forEach(labelled::putAnnotation);
        ObjectId id = labelled.id();
        return new Wanted(
                labelled,
                id,
                digest.of(labelled.tree()),
                Switches.of(request.owner(), labelled),
                request.known().get(id),
                ignored(request, labelled));
    }

    private static List<JsonPointer> ignored(ApplyRequest request, KubernetesObject object) {
        return request.ignored().stream()
                .filter(r ->
                        r.selects(
                                object.id(),
                                object.version(),
                                object.labels(),
                                object.annotations()))
                .flatMap(r -> r.pointers().stream())
                .toList();
    }

    /** The result where nothing needs to be asked; null where something must. */
    @Nullable ObjectResult settled() {
        if (switches.leaveAlone()) {
            return new ObjectResult.Skipped(id, untouched("", ""));
        }
        if (known == null
                || !known.desired().equals(digest)
                || !known.version().equals(version())) {
            return null;
        }
        return known.owned().isEmpty()
                ? new ObjectResult.Skipped(id, known)
                : new ObjectResult.Applied(id, ObjectChange.Action.UNCHANGED, known);
    }

    /**
     * True for a new object that makes nothing run, provisions nothing and grants nothing: whoever
     * creates it can take it away again as if it had not been there.
     */
    boolean harmlessToCreate() {
        if (!unknown() || !id.group().isEmpty()) {
            return false;
        }
        return switch (id.kind()) {
            case "ConfigMap", "ServiceAccount" -> true;
            case "Secret" ->
                    object.tree().path("type").asText("").isEmpty()
                            || object.tree().path("type").asText().equals("Opaque");
            case "Service" ->
                    object.tree().path("spec").path("type").asText("ClusterIP").equals("ClusterIP");
            default -> false;
        };
    }

    /** True where we have no record of it, and nothing of what is there decides what is done. */
    boolean unknown() {
        return known == null && !concedes();
    }

    /**
     * The version that the object got when we wrote it last. Empty where we did not, or where what
     * is there decides what is done.
     */
    String writtenVersion() {
        return known == null || known.owned().isEmpty() || concedes() || switches.onlyCreate()
                ? ""
                : known.resourceVersion();
    }

    /** Whether others may change some of its fields. */
    boolean concedes() {
        return !ignored.isEmpty();
    }

    String version() {
        return object.version();
    }

    /** The record of an object that is not ours to change. */
    AppliedObject untouched(String uid, String resourceVersion) {
        return applied(uid, resourceVersion, "");
    }

    AppliedObject applied(String uid, String resourceVersion, String owned) {
        return new AppliedObject(id.inventoryId(), version(), uid, resourceVersion, digest, owned);
    }
}
