package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.Kustomization;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Kustomizations, keeps their table up, and wakes whom a change concerns: the delivery
 * itself where more than its status changed, and those that depend on it. Runs on the informer's
 * threads from {@link #start} to {@link #close}.
 */
final class KustomizationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KustomizationWatch.class);

    private final KubernetesClient client;
    private final String cluster;
    private final Kustomizations objects;
    private final Consumer<DeliveryId> wake;
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;

    KustomizationWatch(
            KubernetesClient client,
            String cluster,
            Kustomizations objects,
            Consumer<DeliveryId> wake) {
        this.client = client;
        this.cluster = cluster;
        this.objects = objects;
        this.wake = wake;
    }

    /** Blocks until all that is there is in the table. */
    void start() {
        informer =
                client.genericKubernetesResources(Statuses.API_VERSION, Statuses.KIND)
                        .inAnyNamespace()
                        .inform(new Handler(), 0);
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            changed(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            changed(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
            gone(object);
        }
    }

    private void changed(GenericKubernetesResource resource) {
        Kustomization now = read(resource);
        if (now == null) {
            return;
        }
        DeliveryId id = id(resource);
        Kustomizations.Change change = objects.put(id, now);
        if (!change.taken()) {
            return;
        }
        Kustomization before = change.before();
        if (before == null || concernsItself(before, now)) {
            wake.accept(id);
        }
        if (before == null || concernsDependants(before, now)) {
            objects.dependants(id).forEach(wake);
        }
    }

    private void gone(GenericKubernetesResource resource) {
        DeliveryId id = id(resource);
        objects.remove(id, resource.getMetadata().getUid());
        wake.accept(id);
        objects.dependants(id).forEach(wake);
    }

    private @Nullable Kustomization read(GenericKubernetesResource resource) {
        try {
            JsonNode tree = json.valueToTree(resource);
            return FluxJson.read(tree, Kustomization.class);
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", id(resource))
                    .addKeyValue("reason", e.getMessage())
                    .log("a Kustomization cannot be read and is left alone");
            return null;
        }
    }

    private DeliveryId id(GenericKubernetesResource resource) {
        return new DeliveryId(
                cluster,
                Statuses.KIND,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    /** The status is our own. */
    private static boolean concernsItself(Kustomization before, Kustomization now) {
        return !before.metadata().uid().equals(now.metadata().uid())
                || before.metadata().generation() != now.metadata().generation()
                || before.metadata().isDeleted() != now.metadata().isDeleted()
                || !Objects.equals(before.metadata().requestedAt(), now.metadata().requestedAt())
                || !before.metadata().annotations().equals(now.metadata().annotations());
    }

    private static boolean concernsDependants(Kustomization before, Kustomization now) {
        return before.metadata().generation() != now.metadata().generation()
                || !Objects.equals(before.status(), now.status());
    }

    @Override
    public void close() {
        if (informer != null) {
            informer.close();
        }
    }
}
