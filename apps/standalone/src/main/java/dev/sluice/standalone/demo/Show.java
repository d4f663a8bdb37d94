package dev.sluice.standalone.demo;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Topic;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The script of the demo, from the first push to where to look further. */
final class Show {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Topic> TOLD =
            List.of(Topic.SOURCES, Topic.RENDERED, Topic.REVEALED, Topic.OUTCOMES, Topic.DRIFT);

    private final Screen screen;
    private final DemoCluster target;
    private final SampleFleet fleet;
    private final EventLines lines = new EventLines();

    Show(Screen screen, DemoCluster target, SampleFleet fleet) {
        this.screen = screen;
        this.target = target;
        this.fleet = fleet;
    }

    void play(String brokers) throws ShowException {
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(target.forSluice()).build();
                EventFollower events =
                        new EventFollower(brokers, TOLD, e -> screen.event(lines.line(e)))) {
            FleetView view = new FleetView(client);
            firstPush(client, view);
            changeByHand(client, events);
            changeOneApp(events, view);
            lookFurther(brokers);
        } catch (IOException e) {
            throw new ShowException("the sample fleet cannot be read: " + e.getMessage(), e);
        }
    }

    private void firstPush(KubernetesClient client, FleetView view)
            throws ShowException, IOException {
        screen.heading(
                "A cluster finds its repository: clusters/"
                        + SampleFleet.CLUSTER
                        + "/sync.yaml is applied, the rest follows");
        screen.step("milliseconds since the first cause, the stage, what happened");
        long begin = System.nanoTime();
        new ClusterSetup(client)
                .applyAll(fleet.read("clusters/" + SampleFleet.CLUSTER + "/sync.yaml"));
        view.awaitAllReady(PATIENCE);
        screen.good(
                "every Kustomization is Ready after %.1f s; what appeared:"
                        .formatted((System.nanoTime() - begin) / 1e9));
        view.inventory().forEach(screen::step);
        screen.good("and what came by Helm from the charts in charts/:");
        view.awaitReleases(PATIENCE).forEach(screen::step);
    }

    private void changeByHand(KubernetesClient client, EventFollower events) throws ShowException {
        DemoDeployment deployment = DemoDeployment.managed(client);
        screen.heading(
                "Someone changes %s by hand: %s replicas become %s"
                        .formatted(deployment.name(), deployment.replicas(), deployment.other()));
        EventFollower.Awaited drift =
                events.expect("the detection of the change", e -> e instanceof DriftDetected);
        EventFollower.Awaited corrected =
                events.expect("the correction", e -> appliesSomethingAfterDrift(e, drift));
        long begin = System.nanoTime();
        deployment.scale(deployment.other());
        Envelope<Event> seen = drift.get(PATIENCE);
        corrected.get(PATIENCE);
        deployment.awaitReplicas(deployment.replicas(), PATIENCE);
        long took = (System.nanoTime() - begin) / 1_000_000;
        String who = ((DriftDetected) seen.event()).objects().getFirst().who();
        screen.good(
                "put back after %d ms; it was %s who did it"
                        .formatted(
                                took,
                                who == null
                                        ? "nobody that the API server names"
                                        : "'" + who + "'"));
    }

    private void changeOneApp(EventFollower events, FleetView view)
            throws ShowException, IOException {
        screen.heading("A push changes one app");
        SampleFleet.Change change = fleet.sampleChange();
        screen.step(change.path() + ": " + change.what());
        EventFollower.Awaited applied =
                events.expect(
                        "the apply of the push",
                        e -> e instanceof DeliveryApplied a && !a.changes().isEmpty());
        long begin = System.nanoTime();
        fleet.push(change.what(), change.path(), change.content());
        view.requestFetch();
        applied.get(PATIENCE);
        long took = (System.nanoTime() - begin) / 1_000_000;
        view.awaitAllReady(PATIENCE);
        screen.good(
                "live after %d ms; the other deliveries only moved to the new revision"
                        .formatted(took));
    }

    private void lookFurther(String brokers) {
        screen.heading("Look further");
        screen.step("repository   git clone " + fleet.url());
        if (target.forVisitor() != null) {
            screen.step(
                    "cluster      kubectl --kubeconfig "
                            + target.forVisitor()
                            + " get gitrepositories,kustomizations,helmreleases -A");
        }
        screen.step(
                "topics       Kafka at "
                        + brokers
                        + ": sluice.sources, sluice.rendered, sluice.revealed, sluice.applied, sluice.outcomes, sluice.drift");
        screen.step(
                "             for example: kcat -b "
                        + brokers
                        + " -t sluice.outcomes -C -o beginning");
        screen.notable("Up until Ctrl-C.");
    }

    private static boolean appliesSomethingAfterDrift(Event event, EventFollower.Awaited drift) {
        return event instanceof DeliveryApplied applied
                && !applied.changes().isEmpty()
                && drift != null;
    }
}
