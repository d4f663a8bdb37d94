package dev.sluice.fetcher.webhook;

import dev.sluice.fetcher.gitrepository.PushHints;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.pipeline.KeyedLanes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhook receiver, put together: watches Receivers, and takes their calls.
 *
 * <p>Threads: the watch has its own; each Receiver that is worked on has a virtual thread of the
 * lanes; calls have theirs.
 */
public final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int WIDTH = 16;

    private final WebhookConfig config;
    private final ReceiverObjects objects;
    private final KeyedLanes<ReceiverKey> lanes;
    private final WebhookServer server;

    /**
     * What the receiver works with.
     *
     * @param written told of each object that was asked to reconcile, as it is then
     */
    public record Parts(
            KubernetesClient client,
            Vertx vertx,
            WebClient web,
            SourceTable sources,
            PushHints hints,
            Consumer<GenericKubernetesResource> written,
            Clock clock) {}

    public Webhooks(WebhookConfig config, Parts parts) {
        this.config = config;
        Clock clock = parts.clock();
        ReceiverTable table = new ReceiverTable();
        ReceiverSetup setup = new ReceiverSetup(new SourceSecrets(parts.client()));
        Consumer<ReceiverKey> wake = this::wake;
        this.objects = new ReceiverObjects(parts.client(), table, wake);
        ReceiverFlow flow = new ReceiverFlow(table, objects, setup, clock);
        this.lanes = new KeyedLanes<>("receiver", WIDTH, flow::reconcile);
        DeliveryFlow deliveries =
                new DeliveryFlow(
                        setup,
                        new Verification(new OidcTokens(new IssuerKeys(parts.web(), clock), clock)),
                        new DeliveryMemory(clock),
                        new RequestedObjects(
                                parts.client(),
                                parts.written(),
                                new NamespaceBoundary(config.noCrossNamespaceRefs()),
                                clock),
                        parts.sources(),
                        parts.hints());
        this.server = new WebhookServer(parts.vertx(), table, deliveries::deliver);
    }

    private void wake(ReceiverKey key) {
        lanes.wake(key);
    }

    /** Starts watching Receivers, and listens if a port is set. */
    public void start() {
        objects.start();
        config.port()
                .ifPresent(port ->
                        LOG.atInfo()
                                .addKeyValue("port", server.start(config.host(), port))
                                .log("webhooks are taken"));
    }

    /** Whether all Receivers that were there at the start have been seen. */
    public boolean hasSynced() {
        return objects.hasSynced();
    }

    @Override
    public void close() {
        server.close();
        lanes.close();
        objects.close();
    }
}
