package dev.sluice.fetcher;

import dev.sluice.events.ArtifactRef;
import dev.sluice.events.Commit;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceDeleted;
import dev.sluice.events.SourceId;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.StateTable;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other stages what the sources hold. Knows what was told last, also from before a
 * restart, so that everything is told once, and nothing is forgotten that a crash kept from being
 * told.
 */
final class Announcements {

    private final String cluster;
    private final EventSender sender;
    private final Requests requests;
    private final StateTable told;
    private final Clock clock;

    Announcements(
            String cluster, EventSender sender, Requests requests, StateTable told, Clock clock) {
        this.cluster = cluster;
        this.sender = sender;
        this.requests = requests;
        this.told = told;
        this.clock = clock;
    }

    /**
     * Tells that a source holds this artifact, unless that is what was told last.
     *
     * @return whether there was something to tell
     */
    boolean changed(SourceKey key, Artifact artifact, @Nullable Commit commit) {
        SourceId id = id(key);
        boolean known =
                told.get(id.toString(), SourceChanged.class)
                        .map(envelope -> envelope.event().artifact())
                        .filter(last ->
                                last.digest().equals(artifact.digest())
                                        && last.revision().equals(artifact.revision()))
                        .isPresent();
        if (known) {
            return false;
        }
        long size = Objects.requireNonNullElse(artifact.size(), 0L);
        ArtifactRef reference =
                new ArtifactRef(
                        artifact.revision(), artifact.digest(), size, artifact.originRevision());
        told.put(
                sender.send(
                        new SourceChanged(id, nextSequence(id), reference, commit),
                        requests.take(key)));
        return true;
    }

    /** Tells that a source is gone, if others believe that it is there. */
    boolean deleted(SourceKey key, String why) {
        SourceId id = id(key);
        if (told.get(id.toString(), SourceChanged.class).isEmpty()) {
            return false;
        }
        told.put(sender.send(new SourceDeleted(id, nextSequence(id), why), null));
        return true;
    }

    /** Takes over these keys as another fetcher left them. */
    void adopt(StateTable fresh, Predicate<String> keys) {
        told.adopt(fresh, keys);
    }

    /** The sources that others believe to be there. */
    List<SourceKey> believed() {
        return told.all().stream()
                .filter(envelope -> envelope.event() instanceof SourceChanged)
                .map(envelope -> ((SourceChanged) envelope.event()).source())
                .filter(id -> id.cluster().equals(cluster))
                .map(id -> new SourceKey(id.kind(), id.namespace(), id.name()))
                .toList();
    }

    private long nextSequence(SourceId id) {
        long last =
                told.get(id.toString())
                        .map(envelope ->
                                switch (envelope.event()) {
                                    case SourceChanged changed -> changed.sequence();
                                    case SourceDeleted deleted -> deleted.sequence();
                                    default -> 0L;
                                })
                        .orElse(0L);
        return Math.max(last + 1, clock.millis());
    }

    private SourceId id(SourceKey key) {
        return key.in(cluster);
    }
}
