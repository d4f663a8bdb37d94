package dev.sluice.fluxapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object's metadata that Sluice reads. It is never written back whole: change it
 * with a patch.
 *
 * @param name unique in the namespace
 * @param namespace empty for an object that was not read from a cluster and names none
 * @param uid empty until the object is created
 * @param resourceVersion empty until the object is created
 * @param generation grows with each change of the spec; 0 until the object is created
 */
public record Metadata(
        String name,
        String namespace,
        String uid,
        String resourceVersion,
        long generation,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> finalizers,
        @Nullable Timestamp creationTimestamp,
        @Nullable Timestamp deletionTimestamp) {

    public Metadata {
        name = Absent.value(name, "");
        namespace = Absent.value(namespace, "");
        uid = Absent.value(uid, "");
        resourceVersion = Absent.value(resourceVersion, "");
        labels = Absent.map(labels);
        annotations = Absent.map(annotations);
        finalizers = Absent.list(finalizers);
    }

    /** True from the moment that someone deleted the object until its last finalizer is gone. */
    public boolean isDeleted() {
        return deletionTimestamp != null;
    }

    /**
     * The value of {@link Annotations#REQUESTED_AT}, or null: any text, compared for equality only.
     */
    public @Nullable String requestedAt() {
        return annotations.get(Annotations.REQUESTED_AT);
    }
}
