package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fetcher.source.ObjectWriter;
import dev.sluice.fluxapi.FinalizerPatch;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.StatusPatch;
import dev.sluice.fluxapi.notification.Receiver;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Receivers of the cluster: watching, and writing of status and finalizer. */
final class ReceiverObjects implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverObjects.class);
    private static final ResourceDefinitionContext RECEIVERS =
            new ResourceDefinitionContext.Builder()
                    .withGroup(Groups.NOTIFICATION)
                    .withVersion("v1")
                    .withKind("Receiver")
                    .withPlural("receivers")
                    .withNamespaced(true)
                    .build();
    private static final String MANAGER = "notification-controller";
    private static final String STATUS_MANAGER = "gotk-notification-controller";

    private final KubernetesClient client;
    private final ReceiverTable table;
    private final Consumer<ReceiverKey> wake;
    private final ObjectMapper json = new ObjectMapper();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    ReceiverObjects(KubernetesClient client, ReceiverTable table, Consumer<ReceiverKey> wake) {
        this.client = client;
        this.table = table;
        this.wake = wake;
        this.informer =
                client.genericKubernetesResources(RECEIVERS)
                        .inAnyNamespace()
                        .runnableInformer(0)
                        .addEventHandler(new Watch())
                        .exceptionHandler((started, problem) -> true);
    }

    /** Starts watching. Returns at once. */
    void start() {
        informer.start()
                .whenComplete((done, problem) -> {
                    if (problem != null) {
                        LOG.atError().setCause(problem).log("receivers can't be watched");
                    }
                });
    }

    boolean hasSynced() {
        return informer.hasSynced();
    }

    @Override
    public void close() {
        informer.stop();
    }

    void addFinalizer(Receiver receiver) {
        if (!receiver.metadata().finalizers().contains(Labels.FINALIZER)) {
            write(
                    receiver,
                    resource(receiver),
                    FinalizerPatch.with(receiver.metadata(), Labels.FINALIZER),
                    MANAGER);
        }
    }

    void removeFinalizer(Receiver receiver) {
        write(
                receiver,
                resource(receiver),
                FinalizerPatch.without(receiver.metadata(), Labels.FINALIZER),
                MANAGER);
    }

    /** Replaces the status. */
    void writeStatus(Receiver receiver, Receiver.Status status) {
        Receiver.Status before = receiver.status();
        write(
                receiver,
                resource(receiver).subresource("status"),
                StatusPatch.whole(
                        before == null
                                ? JsonNodeFactory.instance.objectNode()
                                : FluxJson.write(before),
                        FluxJson.write(status),
                        receiver.metadata().uid()),
                STATUS_MANAGER);
    }

    private void write(
            Receiver receiver,
            EditReplacePatchable<GenericKubernetesResource> resource,
            ObjectNode patch,
            String manager) {
        new ObjectWriter(ReceiverTable.key(receiver), resource)
                .write(patch, manager)
                .flatMap(this::read)
                .ifPresent(this::take);
    }

    private void take(Receiver receiver) {
        if (table.put(receiver)) {
            wake.accept(ReceiverTable.key(receiver));
        }
    }

    private Resource<GenericKubernetesResource> resource(Receiver receiver) {
        return client.genericKubernetesResources(RECEIVERS)
                .inNamespace(receiver.metadata().namespace())
                .withName(receiver.metadata().name());
    }

    private Optional<Receiver> read(GenericKubernetesResource resource) {
        try {
            return Optional.of(FluxJson.read(json.valueToTree(resource), Receiver.class));
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("a Receiver that the definitions should have refused is left alone");
            return Optional.empty();
        }
    }

    /** Runs on the informer's thread, so it only takes note and wakes. */
    private final class Watch implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            read(resource).ifPresent(ReceiverObjects.this::take);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            read(now).ifPresent(ReceiverObjects.this::take);
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean stateUnknown) {
            read(resource).ifPresent(table::remove);
        }
    }
}
