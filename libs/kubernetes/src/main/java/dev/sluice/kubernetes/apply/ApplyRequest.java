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
 * @param common what every object is marked with
 * @param force whether objects that cannot be changed as wanted are deleted and created anew
 * @param known objects as they were last applied and, as far as anyone has seen, still are: they
 *     cost no request when nothing new is wanted. What may be there, but not as it was applied, has
 *     a record that says no more than that
 * @param ignored fields that others may change
 * @param readiness how long a definition or a namespace may take to become usable
 */
public record ApplyRequest(
        List<KubernetesObject> objects,
        Owner owner,
        Marks common,
        boolean force,
        Map<ObjectId, AppliedObject> known,
        List<IgnoredFields> ignored,
        Duration readiness) {

    private static final Duration READINESS = Duration.ofSeconds(60);

    /**
     * {@code commonMetadata}: wins over everything, owner labels too, as in Flux.
     *
     * @param labels and annotations: put on every object
     */
    public record Marks(Map<String, String> labels, Map<String, String> annotations) {

        static final Marks NONE = new Marks(Map.of(), Map.of());

        public Marks {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }

    public ApplyRequest {
        objects = List.copyOf(objects);
        known = Map.copyOf(known);
        ignored = List.copyOf(ignored);
    }

    public static ApplyRequest of(List<KubernetesObject> objects, Owner owner) {
        return new ApplyRequest(objects, owner, Marks.NONE, false, Map.of(), List.of(), READINESS);
    }

    public ApplyRequest withCommonMetadata(
            Map<String, String> labels, Map<String, String> annotations) {
        Marks marks = new Marks(labels, annotations);
        return new ApplyRequest(objects, owner, marks, force, known, ignored, readiness);
    }

    public ApplyRequest withForce(boolean on) {
        return new ApplyRequest(objects, owner, common, on, known, ignored, readiness);
    }

    public ApplyRequest withKnown(Map<ObjectId, AppliedObject> applied) {
        return new ApplyRequest(objects, owner, common, force, applied, ignored, readiness);
    }

    public ApplyRequest withIgnored(List<IgnoredFields> rules) {
        return new ApplyRequest(objects, owner, common, force, known, rules, readiness);
    }

    public ApplyRequest withReadiness(Duration limit) {
        return new ApplyRequest(objects, owner, common, force, known, ignored, limit);
    }
}
