package dev.sluice.standalone.bench;

import dev.sluice.standalone.demo.SourceRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The parts of a run, one after the other. */
final class Scenario {

    private static final SourceRequest SOURCE = new SourceRequest(BenchFleet.NAMESPACE, "bench");
    private static final int EDITS = 20;

    private final KubernetesClient client;
    private final ClusterEye eye;
    private final BenchFleet fleet;
    private final StageTimes stages;
    private final Duration patience;
    private final Consumer<Report.Step> told;
    private final List<Report.Step> steps = new ArrayList<>();

    /**
     * @param told each part when it is done
     */
    Scenario(
            KubernetesClient client,
            ClusterEye eye,
            BenchFleet fleet,
            StageTimes stages,
            Duration patience,
            Consumer<Report.Step> told) {
        this.client = client;
        this.eye = eye;
        this.fleet = fleet;
        this.stages = stages;
        this.patience = patience;
        this.told = told;
    }

    private interface Part {
        void run() throws IOException, InterruptedException, TimeoutException;
    }

    Report run(Duration idle) throws IOException, InterruptedException, TimeoutException {
        measure("install, until all are Ready", this::install);
        // The first push after an install meets code that has never run.
        changeOne(0);
        measure("one app changed, until it is live", () -> changeOne(1));
        measure("until all show the revision", this::awaitRevision);
        measure("every app changed, until all are live", this::changeAll);
        awaitRevision();
        List<Long> undone = new ArrayList<>();
        measure(
                EDITS + " edits by hand, until each is undone",
                () -> edits(undone),
                () -> Map.of("4 undone", Spread.of(undone)));
        measure("idle", () -> Thread.sleep(idle));
        return new Report(
                fleet.size(), Runtime.getRuntime().availableProcessors(), Cost.memory(), steps);
    }

    private void measure(String name, Part part)
            throws IOException, InterruptedException, TimeoutException {
        measure(name, part, Map::of);
    }

    /**
     * @param more times than those of the stages, asked for when the part is done
     */
    private void measure(String name, Part part, Supplier<Map<String, Spread>> more)
            throws IOException, InterruptedException, TimeoutException {
        stages.begin(Clock.systemUTC().instant());
        Cost before = Cost.now(client);
        part.run();
        Cost cost = Cost.now(client).since(before);
        Map<String, Spread> times = new HashMap<>(stages.spreads());
        times.putAll(more.get());
        Report.Step step =
                new Report.Step(name, cost.seconds(), cost.cpuSeconds(), cost.requests(), times);
        steps.add(step);
        told.accept(step);
    }

    private void install() throws InterruptedException, TimeoutException {
        create(client, fleet.source());
        create(client, fleet.kustomizations());
        eye.awaitReady(fleet.size(), fleet.latest().commit(), patience);
    }

    static void create(KubernetesClient client, String yaml) {
        List<HasMetadata> objects =
                client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                        .items();
        objects.forEach(object -> client.resource(object).create());
    }

    private void changeOne(int app) throws IOException, InterruptedException, TimeoutException {
        int changed = app % fleet.size();
        BenchFleet.Push push = fleet.changeOne(changed);
        SOURCE.send(client);
        eye.awaitImage(changed, changed + 1, push.image(), patience);
    }

    private void changeAll() throws IOException, InterruptedException, TimeoutException {
        BenchFleet.Push push = fleet.changeAll();
        SOURCE.send(client);
        eye.awaitImage(0, fleet.size(), push.image(), patience);
    }

    private void awaitRevision() throws InterruptedException, TimeoutException {
        eye.awaitReady(fleet.size(), fleet.latest().commit(), patience);
    }

    /** Edits by hand, one after the other: from the edit to the cluster as it was. */
    private void edits(List<Long> undone) throws InterruptedException, TimeoutException {
        for (int i = 0; i < EDITS; i++) {
            String wrong = "registry.invalid/by-hand:" + i;
            int app = i % fleet.size();
            long begin = System.nanoTime();
            client.apps()
                    .deployments()
                    .inNamespace(BenchFleet.NAMESPACE)
                    .withName(BenchFleet.name(app))
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"%s\"}]}}}}"
                                    .formatted(wrong));
            eye.awaitImage(app, app + 1, wrong, patience);
            eye.awaitImage(app, app + 1, fleet.latest().image(), patience);
            undone.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
    }

    /** Removes what the run made and waits until it is gone. */
    void cleanUp() {
        remove("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
        remove("source.toolkit.fluxcd.io/v1", "GitRepository");
        client.namespaces().withName(BenchFleet.NAMESPACE).delete();
    }

    private void remove(String version, String kind) {
        var all =
                client.genericKubernetesResources(version, kind).inNamespace(BenchFleet.NAMESPACE);
        all.delete();
        all.informOnCondition(List<GenericKubernetesResource>::isEmpty)
                .orTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
