package dev.sluice.standalone.bench;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The parts of a run, one after the other. */
final class Scenario {

    private static final String SOURCE = "source.toolkit.fluxcd.io/v1";
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
        drift();
        measure("idle", () -> Thread.sleep(idle));
        return new Report(
                fleet.size(), Runtime.getRuntime().availableProcessors(), Cost.memory(), steps);
    }

    private void measure(String name, Part part)
            throws IOException, InterruptedException, TimeoutException {
        stages.begin(Clock.systemUTC().instant());
        Cost before = Cost.now(client);
        part.run();
        Cost cost = Cost.now(client).since(before);
        add(
                new Report.Step(
                        name,
                        cost.seconds(),
                        cost.cpuSeconds(),
                        cost.requests(),
                        stages.spreads()));
    }

    private void add(Report.Step step) {
        steps.add(step);
        told.accept(step);
    }

    private void install() throws InterruptedException, TimeoutException {
        create(fleet.source());
        create(fleet.kustomizations());
        eye.awaitReady(fleet.size(), fleet.latest().commit(), patience);
    }

    private void create(String yaml) {
        List<HasMetadata> objects =
                client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                        .items();
        objects.forEach(object -> client.resource(object).create());
    }

    private void changeOne(int app) throws IOException, InterruptedException, TimeoutException {
        int changed = app % fleet.size();
        BenchFleet.Push push = fleet.changeOne(changed);
        fetch();
        eye.awaitImage(changed, changed + 1, push.image(), patience);
    }

    private void changeAll() throws IOException, InterruptedException, TimeoutException {
        BenchFleet.Push push = fleet.changeAll();
        fetch();
        eye.awaitImage(0, fleet.size(), push.image(), patience);
    }

    private void awaitRevision() throws InterruptedException, TimeoutException {
        eye.awaitReady(fleet.size(), fleet.latest().commit(), patience);
    }

    /** Edits by hand, one after the other: from the edit to the cluster as it was. */
    private void drift() throws InterruptedException, TimeoutException {
        stages.begin(Clock.systemUTC().instant());
        Cost before = Cost.now(client);
        List<Long> undone = new ArrayList<>();
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
        Cost cost = Cost.now(client).since(before);
        Map<String, Spread> times = new java.util.TreeMap<>(stages.spreads());
        times.put("4 undone", Spread.of(undone));
        add(
                new Report.Step(
                        EDITS + " edits by hand, until each is undone",
                        cost.seconds(),
                        cost.cpuSeconds(),
                        cost.requests(),
                        times));
    }

    /** As a webhook does. */
    private void fetch() {
        client.genericKubernetesResources(SOURCE, "GitRepository")
                .inNamespace(BenchFleet.NAMESPACE)
                .withName("bench")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\""
                                + Clock.systemUTC().instant()
                                + "\"}}}");
    }

    /** Removes what the run made and waits until it is gone. */
    void cleanUp() {
        for (String kind : List.of("Kustomization", "GitRepository")) {
            var all =
                    client.genericKubernetesResources(
                                    kind.equals("GitRepository")
                                            ? SOURCE
                                            : "kustomize.toolkit.fluxcd.io/v1",
                                    kind)
                            .inNamespace(BenchFleet.NAMESPACE);
            all.delete();
            all.informOnCondition(List<GenericKubernetesResource>::isEmpty)
                    .orTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        client.namespaces().withName(BenchFleet.NAMESPACE).delete();
    }
}
