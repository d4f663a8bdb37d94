package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.helm.worker.HelmQuestions;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.health.Health;
import dev.sluice.kubernetes.health.HealthReport;
import dev.sluice.kubernetes.health.HealthTarget;
import dev.sluice.kubernetes.health.HealthWatch;
import dev.sluice.kustomize.api.BuildException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers what a worker asks in the middle of an action: renders with the release's post-renderers,
 * and waits for objects by watching them in the release's own name.
 */
public final class HelmAnswers implements HelmQuestions {

    private final HelmRelease object;
    private final ReleaseLimits limits;
    private final Cluster cluster;
    private final Function<ObjectNode, Health> assessor;

    /**
     * @param cluster the session of the release's target, in its own name
     * @param assessor reads the health of one object
     */
    public HelmAnswers(
            HelmRelease object,
            ReleaseLimits limits,
            Cluster cluster,
            Function<ObjectNode, Health> assessor) {
        this.object = object;
        this.limits = limits;
        this.cluster = cluster;
        this.assessor = assessor;
    }

    @Override
    public String postRender(String manifest) throws QuestionException {
        String namespace = object.metadata().namespace();
        try {
            return limits.rendering(namespace)
                    .render(manifest, object.spec(), namespace, object.metadata().name());
        } catch (BuildException e) {
            throw new QuestionException(
                    "error while running post render: "
                            + e.getMessage()
                            + limits.said(namespace, e));
        }
    }

    @Override
    public void awaitReady(List<ObjectRef> objects, boolean jobs, Duration limit)
            throws QuestionException, InterruptedException {
        List<HealthTarget> targets =
                objects.stream()
                        .filter(ref -> jobs || !ref.kind().equals("Job"))
                        .map(HelmAnswers::target)
                        .toList();
        if (targets.isEmpty()) {
            return;
        }
        Semaphore changed = new Semaphore(0);
        long end = System.nanoTime() + limit.toNanos();
        try (HealthWatch watch = HealthWatch.start(cluster, targets, assessor, changed::release)) {
            while (true) {
                HealthReport report = watch.report();
                if (report.healthy()) {
                    return;
                }
                if (report.failed()) {
                    throw new QuestionException(report.failedMessage());
                }
                long left = end - System.nanoTime();
                if (left <= 0 || !changed.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    throw new QuestionException(watch.report().timeoutMessage());
                }
                changed.drainPermits();
            }
        }
    }

    private static HealthTarget target(ObjectRef ref) {
        return new HealthTarget(ReleaseObjects.id(ref), ReleaseObjects.version(ref), true);
    }
}
