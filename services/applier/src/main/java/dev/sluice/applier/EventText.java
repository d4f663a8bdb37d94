package dev.sluice.applier;

import dev.sluice.events.DriftedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.ObjectChange.Action;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.manifests.ObjectId;
import dev.sluice.windows.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages of Kubernetes Events, in Flux's words where Flux has them. */
final class EventText {

    private EventText() {}

    /** One line per object: {@code ConfigMap/shop/a created}. */
    static String changes(List<ObjectChange> changes) {
        return changes.stream()
                .map(c -> c.object() + ' ' + c.action().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    /** What was put back, and who had changed it. */
    static String corrected(List<ObjectChange> changes, List<DriftedObject> drifted) {
        return changes(changes) + "\n\ndrift corrected: " + deeds(drifted);
    }

    /** What was not put back. */
    static String left(List<DriftedObject> drifted) {
        return "drift is left as it is, since "
                + DriftPolicy.ANNOTATION
                + " says warn: "
                + deeds(drifted);
    }

    private static String deeds(List<DriftedObject> drifted) {
        return drifted.stream().map(EventText::by).distinct().collect(Collectors.joining("; "));
    }

    private static String by(DriftedObject object) {
        String id = ObjectId.parse(object.id()).display();
        String who = object.who() == null ? "" : " by " + object.who();
        return switch (object.how()) {
            case DELETED -> id + " had been deleted" + who;
            case FOREIGN_MANAGER -> id + " had been written to" + who;
            case EDITED -> id + " had been changed" + who + fields(object.fields());
        };
    }

    private static String fields(List<String> fields) {
        return fields.isEmpty()
                ? ""
                : " (" + fields.stream().limit(10).collect(Collectors.joining(", ")) + ')';
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

    /** Why a change is not applied yet, and how large it is. */
    static String awaitsWindow(String revision, Verdict.Closed closed, List<ObjectChange> changes) {
        return "Revision "
                + revision
                + " awaits its maintenance window; next opening: "
                + closed.opensAt()
                + "; "
                + counts(changes);
    }

    private static String counts(List<ObjectChange> changes) {
        return Stream.of(Action.CREATED, Action.CONFIGURED, Action.DELETED)
                .map(action ->
                        changes.stream().filter(c -> c.action() == action).count()
                                + " to be "
                                + action.wireName())
                .collect(Collectors.joining(", "));
    }

    static String overridesWindow(String revision, Step.Urgent step) {
        return "Revision "
                + revision
                + " is applied outside its maintenance windows: the "
                + step.by()
                + " marks it as urgent: "
                + step.why();
    }

    static String deleted(List<String> objects) {
        return objects.stream().map(o -> o + " deleted").collect(Collectors.joining("\n"));
    }
}
