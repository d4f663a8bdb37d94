package dev.sluice.kubernetes.apply;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One stage of one apply: all of it is written, or, where the server refuses an object, nothing.
 *
 * <p>The server is asked (a dry run) about each object before any is written, with two exceptions
 * that save most of the questions. What does nothing by itself and is new is created at once, and
 * taken away again where another object is refused. And the first of the rest needs no question: it
 * is written alone, before the others, and what the server refuses then it would have refused
 * before.
 */
final class StageRun {

    private final ObjectApplier applier;
    private final Readiness readiness;
    private final SideBySide sideBySide;
    private final Map<ObjectId, ObjectResult> results = new ConcurrentHashMap<>();
    private final Map<ObjectId, ObjectApplier.Look> looks = new ConcurrentHashMap<>();

    StageRun(ObjectApplier applier, Readiness readiness, SideBySide sideBySide) {
        this.applier = applier;
        this.readiness = readiness;
        this.sideBySide = sideBySide;
    }

    /** One result for each object, in their order. */
    List<ObjectResult> run(List<Wanted> stage) {
        List<Wanted> changed = changed(stage);
        List<Wanted> fresh = changed.stream().filter(Wanted::harmlessToCreate).toList();
        sideBySide.run(fresh, this::create);
        List<Wanted> rest = changed.stream().filter(w -> !results.containsKey(w.id())).toList();
        if (refused()) {
            // All refusals are told at once.
            sideBySide.run(rest, this::ask);
        } else {
            write(rest);
        }
        if (refused() && !wroteAny(rest)) {
            sideBySide.run(fresh, this::withdraw);
        }
        readiness.await(changed, results);
        return stage.stream().map(this::result).toList();
    }

    private List<Wanted> changed(List<Wanted> stage) {
        List<Wanted> changed = new ArrayList<>();
        for (Wanted wanted : stage) {
            ObjectResult settled = wanted.settled();
            if (settled == null) {
                changed.add(wanted);
            } else {
                results.put(wanted.id(), settled);
            }
        }
        return changed;
    }

    private void create(Wanted wanted) {
        try {
            applier.create(wanted).ifPresent(made -> results.put(wanted.id(), made));
        } catch (KubernetesException e) {
            fail(wanted, "dry-run", e);
        }
    }

    private void write(List<Wanted> rest) {
        if (rest.isEmpty()) {
            return;
        }
        Wanted first = rest.getFirst();
        List<Wanted> others = rest.subList(1, rest.size());
        sideBySide.run(others, this::ask);
        if (refused()) {
            ask(first);
            return;
        }
        applyFirst(first);
        if (!refused()) {
            waves(others).forEach(wave -> sideBySide.run(wave, w -> apply(w, "apply")));
        }
    }

    /** An object that we have not written is likely to be a new one: then it needs no look. */
    private void applyFirst(Wanted wanted) {
        if (wanted.unknown() && !wanted.harmlessToCreate()) {
            create(wanted);
        }
        if (!results.containsKey(wanted.id())) {
            apply(wanted, "dry-run");
        }
    }

    private void ask(Wanted wanted) {
        try {
            looks.put(wanted.id(), applier.dryRun(wanted));
        } catch (KubernetesException e) {
            fail(wanted, "dry-run", e);
        }
    }

    private void apply(Wanted wanted, String step) {
        try {
            ObjectApplier.Look known = looks.get(wanted.id());
            results.put(
                    wanted.id(),
                    applier.apply(wanted, known == null ? applier.look(wanted) : known));
        } catch (KubernetesException e) {
            fail(wanted, step, e);
        }
    }

    /** What cannot be taken away again stays in the results, so that it is not forgotten. */
    private void withdraw(Wanted wanted) {
        if (results.get(wanted.id()) instanceof ObjectResult.Applied made
                && made.action() == ObjectChange.Action.CREATED
                && applier.withdraw(wanted, made)) {
            results.remove(wanted.id());
        }
    }

    private void fail(Wanted wanted, String step, KubernetesException e) {
        results.put(wanted.id(), StagedApply.failed(wanted, step, e.failure()));
    }

    private boolean refused() {
        return results.values().stream().anyMatch(ObjectResult.Failed.class::isInstance);
    }

    private boolean wroteAny(List<Wanted> rest) {
        return rest.stream()
                .map(w -> results.get(w.id()))
                .anyMatch(r -> r != null && StagedApply.wrote(r));
    }

    private ObjectResult result(Wanted wanted) {
        ObjectResult result = results.get(wanted.id());
        return result == null ? new ObjectResult.Untried(wanted.id(), wanted.version()) : result;
    }

    private static List<List<Wanted>> waves(List<Wanted> objects) {
        Map<Integer, List<Wanted>> waves = new TreeMap<>();
        for (Wanted wanted : objects) {
            waves.computeIfAbsent(ApplyOrder.wave(wanted.id()), _ -> new ArrayList<>()).add(wanted);
        }
        return List.copyOf(waves.values());
    }
}
