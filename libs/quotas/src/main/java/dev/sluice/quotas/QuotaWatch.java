package dev.sluice.quotas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.quota.TenantQuota;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table as the namespace of the pipeline has it. A cluster that does not serve the kind
 * has no quotas, until it does.
 */
public final class QuotaWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaWatch.class);
    private static final ResourceKind KIND =
            new ResourceKind(Groups.SLUICE, "v1", TenantQuota.KIND, TenantQuota.PLURAL, true);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectWatch watch;

    private QuotaWatch(ObjectWatch watch) {
        this.watch = watch;
    }

    /**
     * Begins to watch; returns when the quotas there are have been seen, or cannot be for long.
     *
     * @param pipeline its namespace, the only one in which quotas count
     * @param changed told the namespaces whose quotas changed
     */
    public static QuotaWatch start(
            Cluster cluster, String pipeline, Quotas quotas, Consumer<Set<String>> changed) {
        Selection selection = new Selection(KIND, pipeline, "", "", false);
        ObjectWatch watch = ObjectWatch.start(cluster, selection, new Taker(quotas, changed));
        try {
            if (!watch.awaitListed(PATIENCE)) {
                LOG.warn(
                        "the quotas of tenants cannot be listed: until they can, the limits of the installation hold");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new QuotaWatch(watch);
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Runs on the watch's own thread. */
    static final class Taker implements Sink {

        private final Quotas quotas;
        private final Consumer<Set<String>> changed;
        private final Set<String> unseen = new HashSet<>();

        Taker(Quotas quotas, Consumer<Set<String>> changed) {
            this.quotas = quotas;
            this.changed = changed;
        }

        @Override
        public void begin() {
            unseen.clear();
            unseen.addAll(quotas.names());
        }

        /** One that cannot be read leaves what it said before; the API server lets none in. */
        @Override
        public void present(ObjectNode object) {
            object.put("apiVersion", TenantQuota.API_VERSION).put("kind", TenantQuota.KIND);
            unseen.remove(name(object));
            try {
                tell(quotas.put(FluxJson.read(object, TenantQuota.class)));
            } catch (MalformedObjectException e) {
                LOG.atWarn()
                        .addKeyValue("quota", name(object))
                        .addKeyValue("reason", e.getMessage())
                        .log("a TenantQuota cannot be read");
            }
        }

        @Override
        public void complete() {
            Set.copyOf(unseen).forEach(name -> tell(quotas.remove(name)));
            unseen.clear();
        }

        @Override
        public void gone(ObjectNode object) {
            tell(quotas.remove(name(object)));
        }

        private void tell(Set<String> namespaces) {
            if (!namespaces.isEmpty()) {
                changed.accept(namespaces);
            }
        }

        private static String name(ObjectNode object) {
            return object.path("metadata").path("name").asText();
        }
    }
}
