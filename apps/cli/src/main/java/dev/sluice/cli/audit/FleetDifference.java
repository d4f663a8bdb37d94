package dev.sluice.cli.audit;

import dev.sluice.events.AppliedObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that is not at one moment what it was at another.
 *
 * @param before null where it was not there
 * @param after null where it was gone
 * @param added objects that came, as {@code Kind/namespace/name}
 * @param removed objects that went
 * @param changed objects that were there both times and not the same
 */
public record FleetDifference(
        String delivery,
        @Nullable Deployment before,
        @Nullable Deployment after,
        List<String> added,
        List<String> removed,
        List<String> changed) {

    /** What differs between two states of the fleet, in the order of the names. */
    public static List<FleetDifference> between(List<Deployment> before, List<Deployment> after) {
        Map<String, Deployment> old = byName(before);
        Map<String, Deployment> now = byName(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<FleetDifference> differences = new ArrayList<>();
        for (String name : names) {
            FleetDifference difference = of(name, old.get(name), now.get(name));
            if (!difference.isNone()) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static FleetDifference of(
            String name, @Nullable Deployment before, @Nullable Deployment after) {
        Map<String, AppliedObject> old = objects(before);
        Map<String, AppliedObject> now = objects(after);
        return new FleetDifference(
                name,
                before,
                after,
                now.keySet().stream()
                        .filter(id -> !old.containsKey(id))
                        .map(Happening::display)
                        .toList(),
                old.keySet().stream()
                        .filter(id -> !now.containsKey(id))
                        .map(Happening::display)
                        .toList(),
                now.entrySet().stream()
                        .filter(entry -> differs(old.get(entry.getKey()), entry.getValue()))
                        .map(entry -> Happening.display(entry.getKey()))
                        .toList());
    }

    private boolean isNone() {
        return before != null
                && after != null
                && before.applied().source().equals(after.applied().source())
                && before.applied().content().equals(after.applied().content())
                && added.isEmpty()
                && removed.isEmpty()
                && changed.isEmpty();
    }

    private static boolean differs(@Nullable AppliedObject before, AppliedObject after) {
        return before != null && !Objects.equals(before.desired(), after.desired());
    }

    private static Map<String, Deployment> byName(List<Deployment> deployments) {
        Map<String, Deployment> byName = new LinkedHashMap<>();
        deployments.forEach(d -> byName.put(d.delivery().toString(), d));
        return byName;
    }

    private static Map<String, AppliedObject> objects(@Nullable Deployment deployment) {
        Map<String, AppliedObject> objects = new LinkedHashMap<>();
        if (deployment != null) {
            deployment.applied().objects().forEach(object -> objects.put(object.id(), object));
        }
        return objects;
    }
}
