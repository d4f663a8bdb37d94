package dev.sluice.applier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.KeyRequest;
import dev.sluice.manifests.sealing.SigningKey;
import dev.sluice.pipeline.EventIds;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.StageTimer;
import dev.sluice.pipeline.StateTable;
import dev.sluice.sops.age.Age;
import dev.sluice.testkit.topics.KeptRecords;
import dev.sluice.windows.Windows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An applier whose lanes run in the test's own thread, on a real API server, with the decryptor's
 * part played by the test.
 */
final class Bench {

    static final String PIPELINE = "sluice-system";

    private static final ObjectMapper JSON = new ObjectMapper();

    final KeptRecords applied = new KeptRecords();
    final KeptRecords outcomes = new KeptRecords();
    final KeptRecords announcements = new KeptRecords();
    final RevealedRecords revealed = new RevealedRecords();
    final KeptRecords audit = new KeptRecords();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Windows windows = new Windows(PIPELINE);
    final DriftInbox drift = new DriftInbox();

    final BlockingQueue<DeliveryId> woken = new LinkedBlockingQueue<>();
    final Kustomizations objects = new Kustomizations(woken::add);
    private final Clock clock = Clock.systemUTC();
    private final EventIds ids = EventIds.system();
    private final Cluster cluster;
    private final ArtifactStore store;
    private final ApplierKeys keys;
    private final SigningKey signing;
    private final StateTable done = new StateTable();
    private DeliveryLane lane;

    Bench(Cluster cluster, Path directory) throws Exception {
        this.cluster = cluster;
        this.store = ArtifactStore.in(directory.resolve("artifacts"), clock);
        this.keys = ApplierKeys.load(cluster, PIPELINE, new SecureRandom(), clock);
        this.signing = SigningKey.generate(new SecureRandom());
        publish(signing);
        lane = lane();
    }

    /** Loses all that the process knew. */
    void restart() {
        lane = lane();
    }

    private DeliveryLane lane() {
        Outlets outlets =
                new Outlets(
                        new EventSender(applied, "sluice/applier", ids, clock),
                        new EventSender(outcomes, "sluice/applier", ids, clock),
                        done);
        ClusterSessions sessions = new ClusterSessions(cluster, Optional.empty(), Optional.empty());
        Announcer announcer =
                new Announcer(
                        cluster,
                        "local",
                        new EventSender(announcements, "sluice/applier", ids, clock),
                        clock);
        announcer.start();
        Statuses statuses = new Statuses(cluster, objects, clock);
        Reports reports =
                new Reports(
                        statuses,
                        announcer,
                        outlets,
                        new StageTimer(new SimpleMeterRegistry()),
                        clock);
        LackingKinds kinds = new LackingKinds(woken::add);
        RecordCheck check =
                new RecordCheck(
                        keys,
                        new RefusedRecords(
                                new Meters(new StageTimer(meters), meters),
                                new EventSender(audit, "sluice/applier", ids, clock),
                                announcer,
                                objects));
        Inputs inputs = new Inputs(objects, revealed, check, outlets, drift, kinds);
        ApplyWork work =
                new ApplyWork(
                        sessions,
                        new Bundles(store, keys),
                        outlets,
                        new ApplyWork.Manner(keys.digest(), 4, new PruneGuard(4, 0.5)),
                        kinds,
                        clock);
        Fights fights = new Fights(statuses, announcer, clock);
        return new DeliveryLane(
                inputs,
                new Decision(
                        new DependencyCheck(
                                objects::get, new ReadyExpressions(), NamespaceBoundary.OPEN),
                        new WindowGate(windows)),
                statuses,
                new DeliveryLane.Works(
                        work,
                        new HealthWork(reports, woken::add, clock),
                        new DriftWork(inputs, work, fights, reports),
                        new DeletionWork(sessions, statuses, outlets, announcer, clock),
                        fights,
                        new WindowWork(
                                work,
                                statuses,
                                reports,
                                new EventSender(audit, "sluice/applier", ids, clock),
                                clock)),
                reports,
                clock);
    }

    /** How many records were refused for that. */
    double refused(String why) {
        return meters.counter("sluice.records.refused", "stage", "applier", "why", why).count();
    }

    /** The reasons of the Events in a namespace. */
    List<String> eventReasons(String namespace) throws KubernetesException {
        List<String> reasons = new ArrayList<>();
        cluster.send(ApiRequest.get(cluster.resource("v1", "Event").path(namespace)))
                .object()
                .path("items")
                .forEach(event -> reasons.add(event.path("reason").asText()));
        return reasons;
    }

    /** To whom bundles are to be sealed now. */
    String recipient() {
        return keys.identities().getFirst().recipient().toString();
    }

    void askForNewKeys() throws KubernetesException {
        keys.follow();
        ObjectNode patch = JSON.createObjectNode();
        patch.withObject("/metadata/annotations")
                .put(KeyRequest.ASKED, KeyRequest.rotate("now").text());
        cluster.send(
                ApiRequest.patch(
                        cluster.resource("v1", "Secret").path(PIPELINE, KeyNames.APPLIER_SECRET),
                        ApiRequest.MERGE_PATCH,
                        patch.toString()));
    }

    private void publish(SigningKey key) throws KubernetesException {
        ObjectNode map = JSON.createObjectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", KeyNames.PUBLIC_CONFIG_MAP);
        map.putObject("data").put(KeyNames.VERIFYING_KEY, key.verifyingKey().text());
        cluster.send(
                ApiRequest.patch(
                        cluster.resource("v1", "ConfigMap")
                                        .path(PIPELINE, KeyNames.PUBLIC_CONFIG_MAP)
                                + "?force=true&fieldManager=test",
                        ApiRequest.APPLY,
                        map.toString()));
    }

    /** Applies an object of anyone's, and shows it to the applier where it is a Kustomization. */
    ObjectNode apply(String json) throws Exception {
        return apply((ObjectNode) JSON.readTree(json), "test");
    }

    ObjectNode apply(ObjectNode object, String manager) throws Exception {
        KubernetesObject o = KubernetesObject.of(object);
        String path =
                cluster.resource(o.apiVersion(), o.kind()).path(o.namespace(), o.name())
                        + "?force=true&fieldManager="
                        + manager;
        ObjectNode answer =
                cluster.send(ApiRequest.patch(path, ApiRequest.APPLY, object.toString())).object();
        see(answer);
        return answer;
    }

    /** What the watch would do. */
    private void see(ObjectNode object) throws Exception {
        if (object.path("kind").asText().equals("Kustomization")) {
            objects.put(
                    id(object.path("metadata").path("namespace").asText(), name(object)),
                    FluxJson.read(object, Kustomization.class));
        }
    }

    /** Reads a Kustomization again, or sees that it is gone. */
    @Nullable Kustomization look(String namespace, String name) throws Exception {
        Optional<ObjectNode> now = get(Statuses.API_VERSION, "Kustomization", namespace, name);
        DeliveryId id = id(namespace, name);
        if (now.isEmpty()) {
            Kustomization known = objects.get(id);
            if (known != null) {
                objects.remove(id, known.metadata().uid());
            }
            return null;
        }
        see(now.get());
        return FluxJson.read(now.get(), Kustomization.class);
    }

    Optional<ObjectNode> get(String apiVersion, String kind, String namespace, String name)
            throws KubernetesException {
        return cluster.get(cluster.resource(apiVersion, kind), namespace, name);
    }

    void delete(String apiVersion, String kind, String namespace, String name)
            throws KubernetesException {
        cluster.send(
                ApiRequest.delete(cluster.resource(apiVersion, kind).path(namespace, name), "{}"));
    }

    /** The decryptor reveals a bundle of these objects for the present spec, at that revision. */
    DeliveryRevealed reveal(DeliveryId id, long source, String... objectsAsJson) throws Exception {
        DeliveryRevealed event = signed(id, source, objectsAsJson);
        put(event);
        return event;
    }

    /** What {@link #reveal} would put on the topic. */
    DeliveryRevealed signed(DeliveryId id, long source, String... objectsAsJson) throws Exception {
        Kustomization object = objects.get(id);
        List<KubernetesObject> bundle = new ArrayList<>();
        for (String json : objectsAsJson) {
            bundle.add(KubernetesObject.of((ObjectNode) JSON.readTree(json)));
        }
        byte[] sealed =
                new Age(new SecureRandom())
                        .encrypt(
                                new Bundle(bundle).encode(),
                                List.of(keys.identities().getFirst().recipient()));
        Digest digest = store.put(sealed);
        String content = keys.digest().of(bundle);
        DeliveryRevealed event =
                new DeliveryRevealed(
                        id,
                        new Position(
                                object.metadata().uid(), object.metadata().generation(), source, 0),
                        Samples.revision("main@sha1:" + source),
                        FluxJson.write(object.spec()),
                        object.metadata().requestedAt(),
                        new BundleRef(digest.value(), sealed.length),
                        null,
                        content,
                        "",
                        content,
                        "");
        return signing.sign(event);
    }

    /** A record on the input topic, whoever wrote it. */
    void put(DeliveryEvent event) {
        String id = ids.next();
        revealed.arrive(new Envelope<>(id, clock.instant(), "test", id, id, null, event));
    }

    Next run(DeliveryId id) throws Exception {
        return lane.run(id);
    }

    /** Runs the lane as its answers and wakes say, until the status is as wanted. */
    Kustomization runUntil(DeliveryId id, Predicate<Kustomization> wanted) throws Exception {
        Instant deadline = clock.instant().plusSeconds(30);
        Next next = run(id);
        Kustomization now = look(id.namespace(), id.name());
        while (now == null || !wanted.test(now)) {
            if (clock.instant().isAfter(deadline)) {
                throw new AssertionError("not in time: " + (now == null ? "gone" : now.status()));
            }
            Duration pause = next.after() == null ? Duration.ofSeconds(1) : next.after();
            woken.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            woken.clear();
            look(id.namespace(), id.name());
            next = run(id);
            now = look(id.namespace(), id.name());
        }
        return now;
    }

    void patchStatus(String apiVersion, String kind, String namespace, String name, String status)
            throws KubernetesException {
        cluster.send(
                ApiRequest.patch(
                        cluster.resource(apiVersion, kind).path(namespace, name) + "/status",
                        ApiRequest.MERGE_PATCH,
                        "{\"status\":" + status + "}"));
    }

    static DeliveryId id(String namespace, String name) {
        return new DeliveryId("plant", "Kustomization", namespace, name);
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }
}
