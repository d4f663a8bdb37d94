package dev.sluice.kubernetes.apply;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.ObjectChange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an apply did.
 *
 * @param results one per wanted object, in the order in which they were applied
 */
public record ApplyReport(List<ObjectResult> results) {

    public ApplyReport {
        results = List.copyOf(results);
    }

    public boolean succeeded() {
        return failures().isEmpty();
    }

    public List<ObjectResult.Failed> failures() {
        return results.stream()
                .filter(ObjectResult.Failed.class::isInstance)
                .map(ObjectResult.Failed.class::cast)
                .toList();
    }

    /**
     * Everything that is in the cluster as wanted, or is left alone: after a success the whole
     * inventory, after a failure the part that must not be forgotten.
     */
    public List<AppliedObject> applied() {
        return results.stream()
                .flatMap(r ->
                        switch (r) {
                            case ObjectResult.Applied a -> Stream.of(a.applied());
                            case ObjectResult.Skipped s -> Stream.of(s.applied());
                            case ObjectResult.Failed _, ObjectResult.Untried _ -> Stream.empty();
                        })
                .toList();
    }

    /** What changed: created and configured objects, in order. */
    public List<ObjectChange> changes() {
        return results.stream()
                .filter(ObjectResult.Applied.class::isInstance)
                .map(ObjectResult.Applied.class::cast)
                .filter(a -> a.action() != ObjectChange.Action.UNCHANGED)
                .map(a -> new ObjectChange(a.id().display(), a.action()))
                .toList();
    }

    /** True where every failure may have its reason outside of the objects. */
    public boolean mayHeal() {
        return failures().stream().allMatch(f -> f.failure().sort().mayHeal());
    }

    /** The failures for people, one a line; empty after a success. */
    public String message() {
        return failures().stream()
                .map(ObjectResult.Failed::message)
                .collect(Collectors.joining("\n"));
    }
}
