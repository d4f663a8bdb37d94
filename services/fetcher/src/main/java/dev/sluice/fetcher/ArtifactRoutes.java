package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactMissingException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.Artifact;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives artifacts to whoever reads {@code status.artifact.url}: {@code GET
 * /<kind>/<namespace>/<name>/<file>}, and {@code latest.tar.gz} for the current one.
 *
 * <p>Threads: a virtual thread for each download, which waits while the reader is slow.
 */
final class ArtifactRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRoutes.class);
    private static final int CHUNK = 64 * 1024;

    private final Collection<SourceKind<?>> kinds;
    private final SourceTable table;
    private final ArtifactStore store;

    ArtifactRoutes(Collection<SourceKind<?>> kinds, SourceTable table, ArtifactStore store) {
        this.kinds = kinds;
        this.table = table;
        this.store = store;
    }

    void register(Router router) {
        for (SourceKind<?> kind : kinds) {
            router.route("/" + kind.kind().toLowerCase(Locale.ROOT) + "/:namespace/:name/:file")
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> Thread.startVirtualThread(() -> serve(kind, context)));
        }
    }

    private void serve(SourceKind<?> kind, RoutingContext context) {
        String path = String.valueOf(context.request().path());
        SourceKey key = kind.key(parameter(context, "namespace"), parameter(context, "name"));
        Optional<Artifact> artifact = table.artifact(key, path.substring(1));
        if (artifact.isEmpty()) {
            context.response().setStatusCode(404).end();
            return;
        }
        try (InputStream archive = store.archive(new Digest(artifact.get().digest()))) {
            send(context, artifact.get(), archive);
        } catch (ArtifactMissingException e) {
            LOG.atWarn()
                    .addKeyValue("target", key)
                    .addKeyValue("reason", e.getMessage())
                    .log("an artifact can't be served");
            if (!context.response().headWritten()) {
                context.response().setStatusCode(404).end();
            }
        } catch (IOException | CompletionException e) {
            // The reader went away, or the disk fails: the connection is of no use any more.
            LOG.atDebug().addKeyValue("target", key).setCause(e).log("a download ended early");
            context.request().connection().close();
        }
    }

    private static String parameter(RoutingContext context, String name) {
        return String.valueOf(context.pathParam(name));
    }

    private static void send(RoutingContext context, Artifact artifact, InputStream archive)
            throws IOException {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Type", "application/gzip");
        response.putHeader("ETag", "\"" + artifact.digest() + "\"");
        Long size = artifact.size();
        if (size == null) {
            response.setChunked(true);
        } else {
            response.putHeader("Content-Length", Long.toString(size));
        }
        if (context.request().method().equals(HttpMethod.GET)) {
            byte[] chunk = new byte[CHUNK];
            for (int length = archive.read(chunk); length >= 0; length = archive.read(chunk)) {
                Buffer bytes = Buffer.buffer(length).appendBytes(chunk, 0, length);
                response.write(bytes).toCompletionStage().toCompletableFuture().join();
            }
        }
        response.end();
    }
}
