package dev.sluice.fetcher;

import dev.sluice.events.Envelope;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRequested;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.pipeline.EventSender;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a source: written down when it is asked for, and the cause of what is found then.
 * Safe for use by many threads.
 */
final class Requests {

    private static final String SOURCES = "source.toolkit.fluxcd.io/";
    private static final Duration COUNTS = Duration.ofMinutes(10);

    private final String cluster;
    private final EventSender audit;
    private final Clock clock;
    private final Map<SourceKey, Envelope<SourceRequested>> latest = new ConcurrentHashMap<>();

    Requests(String cluster, EventSender audit, Clock clock) {
        this.cluster = cluster;
        this.audit = audit;
        this.clock = clock;
    }

    /** A webhook asked for this object; what is no source is not noted. */
    void byWebhook(GenericKubernetesResource object) {
        if (object.getApiVersion().startsWith(SOURCES)) {
            SourceKey key =
                    new SourceKey(
                            object.getKind(),
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName());
            SourceId id = new SourceId(cluster, key.kind(), key.namespace(), key.name());
            latest.put(key, audit.send(new SourceRequested(id, "webhook"), null));
        }
    }

    /** The request that what is found now follows from; null where nobody asked of late. */
    @Nullable Envelope<SourceRequested> take(SourceKey key) {
        Envelope<SourceRequested> request = latest.remove(key);
        return request == null || request.time().isBefore(clock.instant().minus(COUNTS))
                ? null
                : request;
    }
}
