package dev.sluice.kubernetes.apply;

import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.manifests.KubernetesObject;
import java.util.Map;

/**
 * The switches that an object carries as labels or annotations, whatever the case of their values.
 *
 * @param prefix of the keys, see {@link Owner#prefix}
 */
record Switches(String prefix, Map<String, String> labels, Map<String, String> annotations) {

    static Switches of(Owner owner, KubernetesObject object) {
        return new Switches(owner.prefix(), object.labels(), object.annotations());
    }

    static Switches of(Owner owner, ObjectMeta live) {
        return new Switches(owner.prefix(), live.labels(), live.annotations());
    }

    /** Neither applied nor pruned. */
    boolean leaveAlone() {
        return is("reconcile", "disabled") || is("ssa", "Ignore");
    }

    /** Created once, then left alone. */
    boolean onlyCreate() {
        return is("ssa", "IfNotPresent");
    }

    /** Fields of kubectl and its like stay. */
    boolean merge() {
        return is("ssa", "Merge");
    }

    boolean force() {
        return is("force", "enabled");
    }

    boolean neverPrune() {
        return is("prune", "disabled") || leaveAlone();
    }

    private boolean is(String key, String value) {
        String full = prefix + '/' + key;
        return value.equalsIgnoreCase(labels.getOrDefault(full, ""))
                || value.equalsIgnoreCase(annotations.getOrDefault(full, ""));
    }
}
