package dev.sluice.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.ArtifactRef;
import dev.sluice.events.BundleRef;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Stage;
import dev.sluice.events.Took;
import dev.sluice.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Deliveries that are applied, fail, drift and go, with the log that tells of it and the truth. */
final class RandomFleet {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final SourceId SOURCE = new SourceId("plant", "GitRepository", "apps", "fleet");

    private final Random random;
    private final int deliveries;
    private final List<LoggedRecord> records = new ArrayList<>();
    private final Map<String, String> deployed = new TreeMap<>();
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private int written;

    RandomFleet(long seed, int deliveries) {
        this.random = new Random(seed);
        this.deliveries = deliveries;
    }

    Instant now() {
        return now;
    }

    /** By name: the revision and the objects. */
    Map<String, String> deployed() {
        return new TreeMap<>(deployed);
    }

    /** In no particular order, as several topics are read. */
    RecordLog log() {
        List<LoggedRecord> mixed = new ArrayList<>(records);
        Collections.shuffle(mixed, random);
        return (_, visitor) -> mixed.forEach(visitor::record);
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            String app = "app-" + random.nextInt(deliveries);
            switch (random.nextInt(10)) {
                case 0 -> fail(app);
                case 1 -> drift(app);
                case 2 -> delete(app);
                default ->
                        apply(app, "main@sha1:" + random.nextInt(1 << 20), "o" + random.nextInt(9));
            }
        }
    }

    /** Returns the id of the outcome. */
    String apply(String app, String revision, String object) {
        SourceRevision source = new SourceRevision(SOURCE, revision, null, DIGEST, null);
        String push =
                write(
                        Topic.TRAIL,
                        "sluice/fetcher",
                        new SourceChanged(
                                SOURCE,
                                written,
                                new ArtifactRef(revision, DIGEST, 1, null),
                                new Commit(
                                        revision.substring(revision.indexOf(':') + 1),
                                        "Ada <ada@example.com>",
                                        now,
                                        "change")),
                        "");
        Position position = new Position("uid", 1, written, 0);
        DeliveryRevealed from =
                new DeliveryRevealed(
                        id(app),
                        position,
                        source,
                        JsonNodeFactory.instance.objectNode(),
                        null,
                        new BundleRef(DIGEST, 1),
                        new BundleRef(DIGEST, 1),
                        "c",
                        "i",
                        DIGEST,
                        "s");
        String revealed = write(Topic.TRAIL, "sluice/decryptor", from, push);
        AppliedObject applied =
                new AppliedObject("apps_" + object + "__ConfigMap", "v1", "u", "1", revision, "o");
        DeliveryApplied event =
                new DeliveryApplied(
                        id(app),
                        position,
                        source,
                        "content " + revision,
                        List.of(applied),
                        List.of(
                                new ObjectChange(
                                        "ConfigMap/apps/" + object, ObjectChange.Action.CREATED)),
                        new Took(1, 2),
                        from);
        String state = write(Topic.TRAIL, "sluice/applier", event, revealed);
        deployed.put(app, revision + " [" + applied.id() + "]");
        return write(Topic.OUTCOMES, "sluice/applier", event, state);
    }

    /** An apply has begun that will make another object, and nothing is there of it yet. */
    void begin(String app, String revision, String there, String next) {
        write(
                Topic.TRAIL,
                "sluice/applier",
                new DeliveryApplied(
                        id(app),
                        new Position("uid", 1, written, 0),
                        new SourceRevision(SOURCE, revision, null, DIGEST, null),
                        "",
                        List.of(
                                new AppliedObject(
                                        "apps_" + there + "__ConfigMap", "v1", "u", "1", "d", "o"),
                                new AppliedObject(
                                        "apps_" + next + "__ConfigMap", "v1", "", "", "", "")),
                        List.of(),
                        new Took(0, 0),
                        null),
                "");
    }

    private void fail(String app) {
        DeliveryFailed failed =
                new DeliveryFailed(
                        id(app),
                        new Position("uid", 1, written, 0),
                        null,
                        null,
                        null,
                        Stage.RENDERER,
                        Reason.BUILD_FAILED,
                        "broken",
                        null);
        String said = write(Topic.TRAIL, "sluice/renderer", failed, "");
        write(Topic.OUTCOMES, "sluice/applier", failed, said);
    }

    private void drift(String app) {
        write(
                Topic.DRIFT,
                "sluice/drift-detector",
                new DriftDetected(
                        id(app),
                        new Position("uid", 1, written, 0),
                        List.of(
                                new DriftedObject(
                                        "apps_a__ConfigMap",
                                        DriftedObject.How.DELETED,
                                        null,
                                        List.of(),
                                        "",
                                        now,
                                        1,
                                        false))),
                "");
    }

    private void delete(String app) {
        DeliveryDeleted deleted =
                new DeliveryDeleted(id(app), new Position("uid", 1, written, 0), "gone");
        write(Topic.TRAIL, "sluice/renderer", deleted, "");
        String said = write(Topic.TRAIL, "sluice/applier", deleted, "");
        write(Topic.OUTCOMES, "sluice/applier", deleted, said);
        deployed.remove(app);
    }

    private static DeliveryId id(String app) {
        return new DeliveryId("plant", "Kustomization", "apps", app);
    }

    private String write(Topic topic, String producer, Event event, String cause) {
        String id = "%032x".formatted(++written);
        now = now.plusMillis(1 + random.nextInt(1000));
        Envelope<?> envelope =
                new Envelope<>(id, now, producer, cause.isEmpty() ? id : cause, id, null, event);
        List<Header> headers = new ArrayList<>();
        EventCodec.headers(envelope).forEach((name, value) -> headers.add(Header.of(name, value)));
        records.add(
                new LoggedRecord(
                        topic.topicName(),
                        0,
                        written,
                        now,
                        event.key(),
                        headers,
                        EventCodec.body(event)));
        return id;
    }
}
