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
            boolean released = firstPush(client, view);
            changeByHand(client, events, released);
            changeOneApp(events, view, released);
            lookFurther(brokers);
        } catch (IOException e) {
            throw new ShowException("the sample fleet cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether charts are released in this cluster. */
    private boolean firstPush(KubernetesClient client, FleetView view)
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
        return view.hasReleased();
    }

    private void changeByHand(KubernetesClient client, EventFollower events, boolean released)
            throws ShowException {
        HandMadeChange change = HandMadeChange.in(client, released);
        screen.heading("Someone changes " + change.what() + " by hand");
        EventFollower.Awaited drift =
                events.expect("the detection of the change", e -> e instanceof DriftDetected);
        EventFollower.Awaited corrected =
                events.expect("the correction", e -> appliesSomethingAfterDrift(e, drift));
        long begin = System.nanoTime();
        change.make();
        Envelope<Event> seen = drift.get(PATIENCE);
        corrected.get(PATIENCE);
        change.awaitUndone(PATIENCE);
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

    private void changeOneApp(EventFollower events, FleetView view, boolean released)
            throws ShowException, IOException {
        screen.heading("A push changes one app");
        SampleFleet.Change change = fleet.sampleChange();
        screen.step(change.path() + ": " + change.what());
        EventFollower.Awaited applied =
                events.expect("the apply of the push", e -> takesEffect(e, released));
        long begin = System.nanoTime();
        fleet.push(change.what(), change.path(), change.content());
        view.requestFetch();
        applied.get(PATIENCE);
        long took = (System.nanoTime() - begin) / 1_000_000;
        view.awaitAllReady(PATIENCE);
        screen.good(
                "%s after %d ms; the other deliveries only moved to the new revision"
                        .formatted(
                                released
                                        ? "live, as an upgrade of the release,"
                                        : "its HelmRelease says so",
                                took));
    }

    /** The upgrade of the app's chart; where there are none, the new HelmRelease. */
    private static boolean takesEffect(Event event, boolean released) {
        return event instanceof DeliveryApplied applied
                && (released
                        ? applied.delivery().kind().equals("HelmRelease")
                        : !applied.changes().isEmpty());
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
