package dev.sluice.kubernetes.apply;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.schema.Normaliser;
import dev.sluice.manifests.KeyedDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a delivery's objects to one cluster.
 *
 * <p>Objects go in stages. Where more than one object of a stage changes, the server is first asked
 * about all of them, and one refusal keeps the whole stage away: a stage is written whole or not at
 * all, as far as anyone can tell beforehand. What is known to be as wanted costs no request.
 */
public final class StagedApply {

    private final Cluster cluster;
    private final String manager;
    private final KeyedDigest digest;
    private final Normaliser normaliser;
    private final SideBySide sideBySide;

    /**
     * @param manager our field manager, for example {@code kustomize-controller}
     * @param digest for what was wanted
     * @param width how many requests of one apply are under way at once
     */
    public StagedApply(Cluster cluster, String manager, KeyedDigest digest, int width) {
        this.cluster = cluster;
        this.manager = manager;
        this.digest = digest;
        this.normaliser = cluster.once(Normaliser.class, Normaliser::new);
        this.sideBySide = new SideBySide(width);
    }

    /** Applies; what fails is in the report. */
    public ApplyReport run(ApplyRequest request) {
        List<Wanted> wanted =
                request.objects().stream().map(o -> Wanted.of(o, request, digest)).toList();
        ObjectApplier applier = new ObjectApplier(cluster, manager, normaliser, request);
        Readiness readiness = new Readiness(cluster, request.readiness());
        List<ObjectResult> results = new ArrayList<>();
        boolean failed = false;
        for (List<Wanted> stage : Stage.split(wanted, Wanted::id)) {
            List<ObjectResult> done =
                    failed ? untried(stage) : new StageRun(applier, readiness).run(stage);
            results.addAll(done);
            failed = failed || done.stream().anyMatch(ObjectResult.Failed.class::isInstance);
        }
        return new ApplyReport(results);
    }

    private static List<ObjectResult> untried(List<Wanted> stage) {
        return stage.stream()
                .<ObjectResult>map(w -> new ObjectResult.Untried(w.id(), w.version()))
                .toList();
    }

    /** One stage of one apply. */
    private final class StageRun {

        private final ObjectApplier applier;
        private final Readiness readiness;
        private final Map<Wanted, ObjectResult> results = new ConcurrentHashMap<>();
        private final Map<Wanted, ObjectApplier.Look> looks = new ConcurrentHashMap<>();

        StageRun(ObjectApplier applier, Readiness readiness) {
            this.applier = applier;
            this.readiness = readiness;
        }

        List<ObjectResult> run(List<Wanted> stage) {
            List<Wanted> changed = new ArrayList<>();
            for (Wanted wanted : stage) {
                ObjectResult settled = wanted.settled();
                if (settled == null) {
                    changed.add(wanted);
                } else {
                    results.put(wanted, settled);
                }
            }
            boolean alone = changed.size() == 1;
            // One alone is not tried before: what the server then refuses, it refuses as a trial.
            String step = alone ? "dry-run" : "apply";
            sideBySide.run(changed, w -> look(w, alone));
            if (results.values().stream().noneMatch(ObjectResult.Failed.class::isInstance)) {
                waves(changed).forEach(wave -> sideBySide.run(wave, w -> apply(w, step)));
                readiness.await(changed, results);
            }
            return stage.stream().map(this::result).toList();
        }

        private void look(Wanted wanted, boolean alone) {
            try {
                looks.put(wanted, alone ? applier.look(wanted) : applier.dryRun(wanted));
            } catch (KubernetesException e) {
                results.put(wanted, failed(wanted, "dry-run", e.failure()));
            }
        }

        private void apply(Wanted wanted, String step) {
            ObjectApplier.Look look = looks.get(wanted);
            if (look == null) {
                return;
            }
            try {
                results.put(wanted, applier.apply(wanted, look));
            } catch (KubernetesException e) {
                results.put(wanted, failed(wanted, step, e.failure()));
            }
        }

        private ObjectResult result(Wanted wanted) {
            ObjectResult result = results.get(wanted);
            return result == null
                    ? new ObjectResult.Untried(wanted.id(), wanted.version())
                    : result;
        }
    }

    private static List<List<Wanted>> waves(List<Wanted> changed) {
        Map<Integer, List<Wanted>> waves = new TreeMap<>();
        for (Wanted wanted : changed) {
            waves.computeIfAbsent(ApplyOrder.wave(wanted.id()), _ -> new ArrayList<>()).add(wanted);
        }
        return List.copyOf(waves.values());
    }

    static ObjectResult.Failed failed(Wanted wanted, String step, KubernetesFailure failure) {
        return new ObjectResult.Failed(wanted.id(), wanted.version(), step, failure);
    }

    /** True where the apply wrote the object. */
    static boolean wrote(ObjectResult result) {
        return result instanceof ObjectResult.Applied(_, ObjectChange.Action action, _)
                && action != ObjectChange.Action.UNCHANGED;
    }
}
