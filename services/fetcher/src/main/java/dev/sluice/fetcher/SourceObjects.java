package dev.sluice.fetcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.source.GitRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GitRepositories and Secrets of the cluster: watching, reading, and writing of status and
 * finalizer.
 */
final class SourceObjects implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceObjects.class);
    private static final ResourceDefinitionContext GIT_REPOSITORIES =
            new ResourceDefinitionContext.Builder()
                    .withGroup(Groups.SOURCE)
                    .withVersion("v1")
                    .withKind("GitRepository")
                    .withPlural("gitrepositories")
                    .withNamespaced(true)
                    .build();
    private static final String FINALIZER_MANAGER = "source-controller";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final SourceTable table;
    private final Consumer<ObjectKey> wake;
    private final ObjectMapper json = new ObjectMapper();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    /**
     * @param wake told which objects have work
     */
    SourceObjects(KubernetesClient client, SourceTable table, Consumer<ObjectKey> wake) {
        this.client = client;
        this.table = table;
        this.wake = wake;
        this.informer =
                client.genericKubernetesResources(GIT_REPOSITORIES)
                        .inAnyNamespace()
                        .runnableInformer(0)
                        .addEventHandler(new Watch())
                        // Where the kind is not served yet, or the API server is away, the watch
                        // waits for it.
                        .exceptionHandler((started, problem) -> true);
    }

    /**
     * Starts watching. Returns at once.
     *
     * @param seen told once all objects that were there at the start have been seen
     */
    void start(Runnable seen) {
        informer.start()
                .whenComplete((done, problem) -> {
                    if (problem == null) {
                        seen.run();
                    } else {
                        LOG.atError().setCause(problem).log("GitRepositories can't be watched");
                    }
                });
    }

    /** Whether all objects that were there at the start have been seen. */
    boolean hasSynced() {
        return informer.hasSynced();
    }

    @Override
    public void close() {
        informer.stop();
    }

    /** The content of a Secret; empty if there is none. */
    Optional<Map<String, byte[]>> secret(String namespace, String name) {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            return Optional.empty();
        }
        Map<String, byte[]> content = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        }
        return Optional.of(content);
    }

    /** Sees to it that the object is not gone before we have heard of its deletion. */
    void addFinalizer(GitRepository object) {
        if (!object.metadata().finalizers().contains(Labels.FINALIZER)) {
            List<String> finalizers = new ArrayList<>(object.metadata().finalizers());
            finalizers.add(Labels.FINALIZER);
            writeFinalizers(object, finalizers);
        }
    }

    /** Lets the object go. */
    void removeFinalizer(GitRepository object) {
        List<String> finalizers =
                object.metadata().finalizers().stream()
                        .filter(finalizer -> !finalizer.equals(Labels.FINALIZER))
                        .toList();
        writeFinalizers(object, finalizers);
    }

    private void writeFinalizers(GitRepository object, List<String> finalizers) {
        ObjectNode patch = precondition(object);
        ObjectNode metadata = (ObjectNode) patch.get("metadata");
        // A list is replaced as a whole: only over the version that it was made from.
        metadata.put("resourceVersion", object.metadata().resourceVersion());
        ArrayNode list = metadata.putArray("finalizers");
        finalizers.forEach(list::add);
        patch(object, resource(object), patch, FINALIZER_MANAGER);
    }

    /** Replaces the status; fields that the new one lacks are taken away. */
    void writeStatus(GitRepository object, GitRepository.Status status) {
        ObjectNode fields = FluxJson.write(status);
        if (object.status() != null) {
            FluxJson.write(object.status())
                    .fieldNames()
                    .forEachRemaining(name -> {
                        if (!fields.has(name)) {
                            fields.putNull(name);
                        }
                    });
        }
        ObjectNode patch = precondition(object);
        patch.set("status", fields);
        patch(object, resource(object).subresource("status"), patch, Labels.SOURCE_STATUS_MANAGER);
    }

    /**
     * The patch is for this very object, not for another one that came after it under the same
     * name.
     */
    private static ObjectNode precondition(GitRepository object) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", object.metadata().uid());
        return patch;
    }

    private void patch(
            GitRepository object,
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
                    .addKeyValue("target", SourceTable.key(object))
                    .log("the object changed while it was written");
        }
    }

    private void take(GitRepository object) {
        table.put(object).forEach(wake);
    }

    private Resource<GenericKubernetesResource> resource(GitRepository object) {
        return client.genericKubernetesResources(GIT_REPOSITORIES)
                .inNamespace(object.metadata().namespace())
                .withName(object.metadata().name());
    }

    private Optional<GitRepository> read(GenericKubernetesResource resource) {
        JsonNode tree = json.valueToTree(resource);
        try {
            return Optional.of(FluxJson.read(tree, GitRepository.class));
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue(
                            "target",
                            resource.getMetadata().getNamespace()
                                    + "/"
                                    + resource.getMetadata().getName())
                    .addKeyValue("reason", e.getMessage())
                    .log("a GitRepository that the definitions should have refused is left alone");
            return Optional.empty();
        }
    }

    /** Runs on the informer's thread, so it only takes note and wakes. */
    private final class Watch implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            read(resource).ifPresent(SourceObjects.this::take);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            read(now).ifPresent(SourceObjects.this::take);
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean stateUnknown) {
            read(resource)
                    .ifPresent(object -> {
                        table.remove(object);
                        wake.accept(SourceTable.key(object));
                    });
        }
    }
}
