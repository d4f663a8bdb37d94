package dev.sluice.kubernetes.health;

import dev.sluice.kubernetes.health.Health.State;
import dev.sluice.manifests.ObjectId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The health of several objects at one moment.
 *
 * @param objects all that were asked for
 */
public record HealthReport(SortedMap<ObjectId, Health> objects) {

    public HealthReport {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** All are as wanted. */
    public boolean healthy() {
        return objects.values().stream().allMatch(h -> h.state() == State.CURRENT);
    }

    /** At least one will not become as wanted by itself, so waiting has no point. */
    public boolean failed() {
        return objects.values().stream().anyMatch(h -> h.state() == State.FAILED);
    }

    /** As Flux says it when it gives up early. */
    public String failedMessage() {
        return "failed early due to stalled resources: " + list(h -> h.state() == State.FAILED);
    }

    /** As Flux says it when the time is up. */
    public String timeoutMessage() {
        return "timeout waiting for: " + list(h -> h.state() != State.CURRENT);
    }

    private String list(Predicate<Health> which) {
        return objects.entrySet().stream()
                .filter(e -> which.test(e.getValue()))
                .map(HealthReport::entry)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String entry(Map.Entry<ObjectId, Health> e) {
        return e.getKey().display() + " status: '" + e.getValue().state().word() + '\'';
    }
}
