package dev.sluice.kustomize.model;

/** An entry of {@code replicas}: how many of the workload of that name there shall be. */
public record ReplicaRule(String name, long count) {

    static ReplicaRule of(Values values) {
        return new ReplicaRule(values.text("name"), values.number("count"));
    }
}
