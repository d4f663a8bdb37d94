package dev.sluice.windows;

import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.window.MaintenanceWindow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The windows of a cluster, and the one question to them: may this delivery be changed now?
 *
 * <p>Windows come from three sides: the objects in the namespace of the pipeline, which cover
 * deliveries of all namespaces; the objects in the delivery's own namespace; the delivery's own
 * annotation. On each side one open window will do, and every side that says something must be
 * open: so nobody opens for himself what the platform closed. Safe for use by many threads.
 */
public final class Windows {

    /** On a delivery: its own windows. */
    public static final String ANNOTATION = "sluice.dev/window";

    /** On a delivery: {@code hold} leaves drift while its own windows are closed. */
    public static final String DRIFT_ANNOTATION = "sluice.dev/window-drift";

    /** On a delivery: the revision that is applied outside its windows, once. */
    public static final String URGENT_ANNOTATION = "sluice.dev/urgent";

    private final String platform;
    private final Map<String, MaintenanceWindow> objects = new ConcurrentHashMap<>();

    /**
     * @param platform the namespace of the pipeline
     */
    public Windows(String platform) {
        this.platform = platform;
    }

    public void put(MaintenanceWindow object) {
        objects.put(key(object.metadata().namespace(), object.metadata().name()), object);
    }

    public void remove(String namespace, String name) {
        objects.remove(key(namespace, name));
    }

    /** Leaves those whose {@code namespace/name} are named, and no others. */
    public void retain(Set<String> names) {
        objects.keySet().retainAll(names);
    }

    /** {@code namespace/name}. */
    public static String key(String namespace, String name) {
        return namespace + '/' + name;
    }

    /** Whether changes of the delivery may be applied. */
    public Verdict of(Metadata delivery, Instant now) {
        List<WindowGroup> groups;
        try {
            groups = groups(delivery);
        } catch (InvalidWindowException e) {
            return new Verdict.Invalid(String.valueOf(e.getMessage()));
        }
        List<WindowGroup> closed = groups.stream().filter(g -> !g.isOpen(now)).toList();
        if (closed.isEmpty()) {
            return new Verdict.Open();
        }
        ZoneId zone = closed.getLast().windows().getFirst().zone();
        return new Verdict.Closed(
                WindowGroup.allOpen(groups, now).orElse(null),
                zone,
                closed.stream().anyMatch(WindowGroup::holdsDrift),
                closed.stream().anyMatch(WindowGroup::deniesUrgency));
    }

    private List<WindowGroup> groups(Metadata delivery) throws InvalidWindowException {
        List<WindowGroup> groups = new ArrayList<>();
        addObjects(platform, delivery, groups);
        if (!delivery.namespace().equals(platform)) {
            addObjects(delivery.namespace(), delivery, groups);
        }
        String own = delivery.annotations().get(ANNOTATION);
        if (own != null) {
            try {
                boolean holds =
                        "hold"
                                .equalsIgnoreCase(
                                        delivery.annotations()
                                                .getOrDefault(DRIFT_ANNOTATION, "")
                                                .strip());
                groups.add(new WindowGroup(Window.parse(own), holds, false));
            } catch (InvalidWindowException e) {
                throw new InvalidWindowException(
                        "the annotation " + ANNOTATION + " cannot be read: " + e.getMessage());
            }
        }
        return groups;
    }

    private void addObjects(String namespace, Metadata delivery, List<WindowGroup> groups)
            throws InvalidWindowException {
        List<Window> windows = new ArrayList<>();
        boolean holdsDrift = false;
        boolean deniesUrgency = false;
        for (MaintenanceWindow object : objects.values()) {
            if (object.metadata().namespace().equals(namespace) && covers(object, delivery)) {
                windows.add(window(object));
                holdsDrift |= object.spec().drift().equals("Hold");
                deniesUrgency |= object.spec().urgent().equals("Deny");
            }
        }
        if (!windows.isEmpty()) {
            groups.add(new WindowGroup(windows, holdsDrift, deniesUrgency));
        }
    }

    private boolean covers(MaintenanceWindow object, Metadata delivery) {
        MaintenanceWindow.Spec spec = object.spec();
        boolean named =
                !object.metadata().namespace().equals(platform)
                        || spec.namespaces().isEmpty()
                        || spec.namespaces().contains(delivery.namespace());
        MaintenanceWindow.Selector selector = spec.selector();
        return !spec.suspend()
                && named
                && (selector == null
                        || delivery.labels()
                                .entrySet()
                                .containsAll(selector.matchLabels().entrySet()));
    }

    private static Window window(MaintenanceWindow object) throws InvalidWindowException {
        try {
            return Window.of(
                    object.spec().schedule(),
                    object.spec().duration().toString(),
                    object.spec().timeZone());
        } catch (InvalidWindowException e) {
            throw new InvalidWindowException(
                    "the MaintenanceWindow "
                            + key(object.metadata().namespace(), object.metadata().name())
                            + " cannot be read: "
                            + e.getMessage());
        }
    }
}
