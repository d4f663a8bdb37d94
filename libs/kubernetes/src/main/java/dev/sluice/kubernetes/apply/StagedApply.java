package dev.sluice.kubernetes.apply;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.schema.Normaliser;
import dev.sluice.manifests.KeyedDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a delivery's objects to one cluster.
 *
 * <p>Objects go in stages. A stage is written whole or not at all, as far as anyone can tell
 * beforehand: {@link StageRun} says how. What is known to be as wanted costs no request.
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
                    failed
                            ? untried(stage)
                            : new StageRun(applier, readiness, sideBySide).run(stage);
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

    static ObjectResult.Failed failed(Wanted wanted, String step, KubernetesFailure failure) {
        return new ObjectResult.Failed(wanted.id(), wanted.version(), step, failure);
    }

    /** True where the apply wrote the object. */
    static boolean wrote(ObjectResult result) {
        return result instanceof ObjectResult.Applied(_, ObjectChange.Action action, _)
                && action != ObjectChange.Action.UNCHANGED;
    }
}
