package dev.sluice.applier;

import dev.sluice.events.ObjectChange;
import dev.sluice.fluxapi.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The messages of Kubernetes Events, in Flux's words where Flux has them. */
final class EventText {

    private EventText() {}

    /** One line per object: {@code ConfigMap/shop/a created}. */
    static String changes(List<ObjectChange> changes) {
        return changes.stream()
                .map(c -> c.object() + ' ' + c.action().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    static String finished(Duration took, GoDuration interval) {
        return "Reconciliation finished in " + GoDuration.of(took) + ", next run in " + interval;
    }

    static String healthy(Duration after) {
        return "Health check passed in " + GoDuration.of(after);
    }

    static String blocked() {
        return "Dependencies do not meet ready condition, waiting for them to change";
    }

    static String deleted(List<String> objects) {
        return objects.stream().map(o -> o + " deleted").collect(Collectors.joining("\n"));
    }
}
