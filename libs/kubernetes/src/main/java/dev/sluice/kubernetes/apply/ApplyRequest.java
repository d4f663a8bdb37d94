package dev.sluice.kubernetes.apply;

import dev.sluice.events.AppliedObject;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an apply is asked to do.
 *
 * @param objects what the delivery wants; not changed
 * @param labels {@code commonMetadata.labels}: win over everything, owner labels too, as in Flux
 * @param annotations {@code commonMetadata.annotations}
 * @param force whether objects that cannot be changed as wanted are deleted and created anew
 * @param known objects as they were last applied and, as far as anyone has seen, still are: they
 *     cost no request when nothing new is wanted. Leave out what has drifted
 * @param readiness how long a definition or a namespace may take to become usable
 */
public record ApplyRequest(
        List<KubernetesObject> objects,
        Owner owner,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean force,
        Map<ObjectId, AppliedObject> known,
        Duration readiness) {

    private static final Duration READINESS = Duration.ofSeconds(60);

    public ApplyRequest {
        objects = List.copyOf(objects);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        known = Map.copyOf(known);
    }

    public static ApplyRequest of(List<KubernetesObject> objects, Owner owner) {
        return new ApplyRequest(objects, owner, Map.of(), Map.of(), false, Map.of(), READINESS);
    }

    public ApplyRequest withCommonMetadata(
            Map<String, String> commonLabels, Map<String, String> commonAnnotations) {
        return new ApplyRequest(
                objects, owner, commonLabels, commonAnnotations, force, known, readiness);
    }

    public ApplyRequest withForce(boolean on) {
        return new ApplyRequest(objects, owner, labels, annotations, on, known, readiness);
    }

    public ApplyRequest withKnown(Map<ObjectId, AppliedObject> applied) {
        return new ApplyRequest(objects, owner, labels, annotations, force, applied, readiness);
    }

    public ApplyRequest withReadiness(Duration limit) {
        return new ApplyRequest(objects, owner, labels, annotations, force, known, limit);
    }
}
