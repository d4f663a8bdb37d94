package dev.sluice.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.ArtifactRef;
import dev.sluice.events.BundleRef;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the services write when a commit comes and goes all the way. */
final class SampleEvents {

    static final Instant START = Instant.parse("2026-02-03T10:00:00.123456Z");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final SourceId SOURCE = new SourceId("plant", "GitRepository", "apps", "fleet");

    private final List<LoggedRecord> records = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final int number;
    private int step;

    private SampleEvents(int number) {
        this.number = number;
    }

    static List<LoggedRecord> story(String app, int number) {
        SampleEvents story = new SampleEvents(number);
        DeliveryId delivery = new DeliveryId("plant", "Kustomization", "apps", app);
        Position position = new Position("uid", 1, number, 0);
        SourceRevision revision =
                new SourceRevision(SOURCE, "main@sha1:" + number, null, DIGEST, null);
        var spec = JsonNodeFactory.instance.objectNode();
        String changed =
                story.add(
                        Topic.TRAIL,
                        new SourceChanged(
                                SOURCE,
                                number,
                                new ArtifactRef(revision.revision(), DIGEST, 10, null),
                                new Commit(
                                        "" + number,
                                        "Ada <ada@example.com>",
                                        START,
                                        "commit " + number)),
                        "");
        String rendered =
                story.add(
                        Topic.TRAIL,
                        new DeliveryRendered(
                                delivery,
                                position,
                                revision,
                                spec,
                                null,
                                new BundleRef(DIGEST, 5),
                                false,
                                null),
                        changed);
        DeliveryRevealed event =
                new DeliveryRevealed(
                        delivery,
                        position,
                        revision,
                        spec,
                        null,
                        new BundleRef(DIGEST, 6),
                        new BundleRef(DIGEST, 5),
                        "c" + number,
                        "i",
                        DIGEST,
                        "s");
        String revealed = story.add(Topic.TRAIL, event, rendered);
        DeliveryApplied applied =
                new DeliveryApplied(
                        delivery,
                        position,
                        revision,
                        "c" + number,
                        List.of(object("a"), object("b")),
                        List.of(
                                new ObjectChange(
                                        "ConfigMap/apps/" + app, ObjectChange.Action.CREATED)),
                        new Took(3, 9),
                        event);
        String state = story.add(Topic.TRAIL, applied, revealed);
        story.add(Topic.OUTCOMES, applied, state);
        story.add(
                Topic.DRIFT,
                new DriftDetected(
                        delivery,
                        position,
                        List.of(
                                new DriftedObject(
                                        "apps_a__ConfigMap",
                                        DriftedObject.How.EDITED,
                                        "kubectl-edit",
                                        List.of(".data.k"),
                                        "7",
                                        START,
                                        1,
                                        false))),
                "");
        return story.records;
    }

    static LoggedRecord failed(String app, int number, String message) {
        SampleEvents story = new SampleEvents(number);
        story.add(
                Topic.OUTCOMES,
                new DeliveryFailed(
                        new DeliveryId("plant", "Kustomization", "apps", app),
                        new Position("uid", 1, number, 0),
                        null,
                        null,
                        null,
                        Stage.RENDERER,
                        Reason.BUILD_FAILED,
                        message,
                        null),
                "");
        return story.records.getFirst();
    }

    private static AppliedObject object(String name) {
        return new AppliedObject("apps_" + name + "__ConfigMap", "v1", "u", "1", "d", "o");
    }

    private String add(Topic topic, Event event, String cause) {
        String id = "%016x%016x".formatted(number, ++step);
        Envelope<?> envelope =
                new Envelope<>(
                        id,
                        START.plusSeconds(number * 60L + step),
                        "sluice/test",
                        cause.isEmpty() ? id : cause,
                        cause.isEmpty() ? id : "%016x%016x".formatted(number, 1),
                        null,
                        event);
        List<Header> headers = new ArrayList<>();
        EventCodec.headers(envelope).forEach((name, value) -> headers.add(Header.of(name, value)));
        records.add(
                new LoggedRecord(
                        topic.topicName(),
                        0,
                        offsets.merge(topic.topicName(), 1L, Long::sum) + number * 100L,
                        envelope.time(),
                        event.key(),
                        headers,
                        EventCodec.body(event)));
        return id;
    }
}
