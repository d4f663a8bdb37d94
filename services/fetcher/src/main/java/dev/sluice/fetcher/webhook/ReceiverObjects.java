package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.notification.Receiver;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

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
        List<String> finalizers = receiver.metadata().finalizers();
        if (!finalizers.contains(Labels.FINALIZER)) {
            writeFinalizers(
                    receiver,
                    Stream.concat(finalizers.stream(), Stream.of(Labels.FINALIZER)).toList());
        }
    }

    void removeFinalizer(Receiver receiver) {
        writeFinalizers(
                receiver,
                receiver.metadata().finalizers().stream()
                        .filter(finalizer -> !finalizer.equals(Labels.FINALIZER))
                        .toList());
    }

    private void writeFinalizers(Receiver receiver, List<String> finalizers) {
        ObjectNode patch = precondition(receiver);
        ObjectNode metadata = (ObjectNode) patch.get("metadata");
        // A list is replaced as a whole: only over the version that it was made from.
        metadata.put("resourceVersion", receiver.metadata().resourceVersion());
        ArrayNode list = metadata.putArray("finalizers");
        finalizers.forEach(list::add);
        patch(receiver, resource(receiver), patch, MANAGER);
    }

    /** Replaces the status; fields that the new one lacks are taken away. */
    void writeStatus(Receiver receiver, Receiver.Status status) {
        ObjectNode fields = FluxJson.write(status);
        if (receiver.status() != null) {
            FluxJson.write(receiver.status())
                    .fieldNames()
                    .forEachRemaining(name -> {
                        if (!fields.has(name)) {
                            fields.putNull(name);
                        }
                    });
        }
        ObjectNode patch = precondition(receiver);
        patch.set("status", fields);
        patch(receiver, resource(receiver).subresource("status"), patch, STATUS_MANAGER);
    }

    private static ObjectNode precondition(Receiver receiver) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", receiver.metadata().uid());
        return patch;
    }

    private void patch(
            Receiver receiver,
            EditReplacePatchable<GenericKubernetesResource> resource,
            ObjectNode patch,
            String manager) {
        PatchContext context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(manager)
                        .build();
        try {
            GenericKubernetesResource written = resource.patch(context, patch.toString());
            if (written != null) {
                read(written).ifPresent(this::take);
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
            // Gone, or changed meanwhile: the watch tells, and the next run sees to it.
            LOG.atDebug()
                    .addKeyValue("target", ReceiverTable.key(receiver))
                    .log("the object changed while it was written");
        }
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
