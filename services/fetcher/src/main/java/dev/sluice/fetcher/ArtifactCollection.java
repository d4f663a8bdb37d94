package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.ArtifactStore.Collected;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.pipeline.StateTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs from the artifact store: what neither a source holds, nor the latest
 * event of any key in a state topic names, nor was stored or looked up within the retention.
 */
final class ArtifactCollection {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactCollection.class);
    private static final List<Topic> NAMING =
            List.of(Topic.SOURCES, Topic.RENDERED, Topic.REVEALED, Topic.APPLIED);
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final ArtifactStore store;
    private final SourceTable table;
    private final Function<Topic, StateTable> topics;
    private final Duration retention;
    private final Clock clock;

    /**
     * @param topics reads all that a state topic holds
     * @param retention how long what is not needed any more stays, for audits and for what is under
     *     way
     */
    ArtifactCollection(
            ArtifactStore store,
            SourceTable table,
            Function<Topic, StateTable> topics,
            Duration retention,
            Clock clock) {
        this.store = store;
        this.table = table;
        this.topics = topics;
        this.retention = retention;
        this.clock = clock;
    }

    /** One pass. Where it can't be known what is needed, nothing is removed. */
    void run() {
        try {
            Set<String> needed = needed();
            Collected collected =
                    store.collect(digest -> needed.contains(digest.value()), retention, clock);
            if (collected.artifacts() + collected.objects() > 0) {
                LOG.atInfo()
                        .addKeyValue("artifacts", collected.artifacts())
                        .addKeyValue("objects", collected.objects())
                        .addKeyValue("files", collected.files())
                        .log("removed what nobody needs from the store");
            }
        } catch (IOException | KafkaException e) {
            LOG.atWarn().setCause(e).log("the store was not cleaned; it is tried again later");
        }
    }

    /** Whatever looks like a digest in an event is one that someone may ask for. */
    private Set<String> needed() {
        Set<String> needed = new HashSet<>();
        table.artifacts().forEach(artifact -> needed.add(artifact.digest()));
        for (Topic topic : NAMING) {
            topics.apply(topic)
                    .all()
                    .forEach(envelope -> {
                        String body =
                                new String(
                                        EventCodec.body(envelope.event()), StandardCharsets.UTF_8);
                        Matcher digests = DIGEST.matcher(body);
                        while (digests.find()) {
                            needed.add(new Digest(digests.group()).value());
                        }
                    });
        }
        return needed;
    }
}
