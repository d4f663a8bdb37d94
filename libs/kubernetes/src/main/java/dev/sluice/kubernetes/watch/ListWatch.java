package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.ApiStream;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One listing, then one watch, with the memory of where it stopped. A single thread calls {@link
 * #pass}; any may call {@link #close}, which ends the pass under way.
 */
final class ListWatch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Servers send a bookmark a minute: a watch that is silent for longer is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(150);

    private final Cluster cluster;
    private final Selection selection;
    private final AtomicReference<@Nullable ApiStream> open = new AtomicReference<>();
    private volatile boolean closed;
    private String resourceVersion = "";

    ListWatch(Cluster cluster, Selection selection) {
        this.cluster = cluster;
        this.selection = selection;
    }

    /**
     * Lists, where there is no place to go on from, and watches until the server ends the watch,
     * the sink is done, this is closed, or the time is up.
     */
    void pass(Sink sink, Duration length) throws KubernetesException {
        if (resourceVersion.isEmpty()) {
            list(sink);
        }
        if (length.isPositive() && !sink.done() && !closed) {
            watch(sink, length);
        }
    }

    /** Forgets the place: the next pass lists. */
    void startAnew() {
        resourceVersion = "";
    }

    private void list(Sink sink) throws KubernetesException {
        sink.begin();
        String page = "";
        String version;
        do {
            ObjectNode list = cluster.send(selection.list(page)).object();
            for (JsonNode item : list.path("items")) {
                if (item instanceof ObjectNode object) {
                    sink.present(object);
                }
            }
            page = list.path("metadata").path("continue").asText();
            version = list.path("metadata").path("resourceVersion").asText();
        } while (!page.isEmpty() && !closed);
        sink.complete();
        resourceVersion = version;
    }

    private void watch(Sink sink, Duration length) throws KubernetesException {
        ApiRequest request = selection.watch(resourceVersion, length);
        try (ApiStream stream = start(request)) {
            open.set(stream);
            Duration patience = length.compareTo(SILENCE) < 0 ? length.plusSeconds(1) : SILENCE;
            byte[] line = closed ? null : stream.next(patience);
            while (line != null && take(line, sink)) {
                line = stream.next(patience);
            }
        } finally {
            open.set(null);
        }
    }

    private ApiStream start(ApiRequest request) throws KubernetesException {
        try {
            return cluster.stream(request);
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.EXPIRED)) {
                resourceVersion = "";
            }
            throw e;
        }
    }

    /** False where the watch has nothing more to tell. */
    private boolean take(byte[] line, Sink sink) throws KubernetesException {
        JsonNode event = read(line);
        if (!(event.path("object") instanceof ObjectNode object)) {
            return !closed;
        }
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> sink.present(object);
            case "DELETED" -> sink.gone(object);
            case "ERROR" -> {
                // Whatever it is, the place is lost: 410 for an old one, 500 for a broken cache.
                resourceVersion = "";
                return false;
            }
            default -> {
                // BOOKMARK: only the place counts.
            }
        }
        resourceVersion = object.path("metadata").path("resourceVersion").asText(resourceVersion);
        return !closed && !sink.done();
    }

    private static JsonNode read(byte[] line) throws KubernetesException {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new KubernetesException(
                    KubernetesFailure.unreachable("a watch event cannot be read"));
        }
    }

    @Override
    public void close() {
        closed = true;
        ApiStream stream = open.get();
        if (stream != null) {
            stream.close();
        }
    }
}
