package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.crd.FluxKinds;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.fluxapi.schema.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The objects that Receivers list: found, and asked to reconcile by the annotation for it. */
final class RequestedObjects {

    private static final String MANAGER = "notification-controller";
    private static final int MOST = 5000;

    private final KubernetesClient client;
    private final Consumer<GenericKubernetesResource> written;
    private final NamespaceBoundary boundary;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, ResourceDefinitionContext> kinds = new HashMap<>();

    /**
     * @param written told of each object as it is with its annotation
     */
    RequestedObjects(
            KubernetesClient client,
            Consumer<GenericKubernetesResource> written,
            NamespaceBoundary boundary,
            Clock clock) {
        this.boundary = boundary;
        this.client = client;
        this.written = written;
        this.clock = clock;
        for (Class<? extends FluxObject> type : FluxKinds.ALL) {
            Kind said = Objects.requireNonNull(type.getAnnotation(Kind.class));
            kinds.put(type.getSimpleName(), context(type.getSimpleName(), said));
        }
    }

    private static ResourceDefinitionContext context(String kind, Kind said) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(said.group())
                .withVersion(said.version())
                .withKind(kind)
                .withPlural(said.plural())
                .withNamespaced(true)
                .build();
    }

    /** One object: its apiVersion, kind and metadata. */
    record Found(String kind, String namespace, String name, JsonNode tree) {}

    /**
     * The objects of one entry.
     *
     * @param whole whether their metadata is needed; else only their names
     * @throws RefusedException if there are none by that name, or they can't be listed, or are of a
     *     namespace that the Receiver may not name
     */
    List<Found> find(Receiver receiver, Receiver.Resource entry, boolean whole)
            throws RefusedException {
        ResourceDefinitionContext kind = kind(entry);
        String namespace =
                Objects.requireNonNullElse(entry.namespace(), receiver.metadata().namespace());
        Optional<String> refusal =
                boundary.refusal(
                        receiver.metadata().namespace(), entry.kind(), namespace, entry.name());
        if (refusal.isPresent()) {
            throw notDone(refusal.get());
        }
        try {
            if (!entry.name().equals("*")) {
                return List.of(
                        whole
                                ? get(kind, namespace, entry.name())
                                : new Found(
                                        entry.kind(),
                                        namespace,
                                        entry.name(),
                                        JsonNodeFactory.instance.objectNode()));
            }
            if (entry.matchLabels().isEmpty()) {
                throw notDone("%s with the name '*' needs matchLabels".formatted(entry.kind()));
            }
            return client
                    .genericKubernetesResources(kind)
                    .inNamespace(namespace)
                    .withLabels(entry.matchLabels())
                    .list()
                    .getItems()
                    .stream()
                    .limit(MOST)
                    .map(resource -> found(entry.kind(), resource))
                    .toList();
        } catch (KubernetesClientException e) {
            throw notDone("%s can't be listed: %s".formatted(entry.kind(), e.getMessage()));
        }
    }

    private Found get(ResourceDefinitionContext kind, String namespace, String name)
            throws RefusedException {
        return Optional.ofNullable(
                        client.genericKubernetesResources(kind)
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(resource -> found(kind.getKind(), resource))
                .orElseThrow(() ->
                        notDone(
                                "%s/%s/%s is not there"
                                        .formatted(kind.getKind(), namespace, name)));
    }

    private Found found(String kind, GenericKubernetesResource resource) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", resource.getApiVersion());
        tree.put("kind", resource.getKind());
        tree.set("metadata", json.valueToTree(resource.getMetadata()));
        return new Found(
                kind,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                tree);
    }

    /** Asks an object to reconcile. */
    void request(Receiver.Resource entry, Found object) throws RefusedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .putObject("annotations")
                .put(Annotations.REQUESTED_AT, clock.instant().toString());
        PatchContext context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(MANAGER)
                        .build();
        try {
            GenericKubernetesResource now =
                    client.genericKubernetesResources(kind(entry))
                            .inNamespace(object.namespace())
                            .withName(object.name())
                            .patch(context, patch.toString());
            if (now != null) {
                written.accept(now);
            }
        } catch (KubernetesClientException e) {
            throw notDone(
                    "%s/%s/%s can't be asked: %s"
                            .formatted(
                                    object.kind(),
                                    object.namespace(),
                                    object.name(),
                                    e.getMessage()));
        }
    }

    private ResourceDefinitionContext kind(Receiver.Resource entry) throws RefusedException {
        ResourceDefinitionContext known = kinds.get(entry.kind());
        if (known == null) {
            throw notDone("no such kind: " + entry.kind());
        }
        String version = entry.apiVersion();
        int slash = version == null ? -1 : version.indexOf('/');
        if (version == null || slash < 0) {
            return known;
        }
        return new ResourceDefinitionContext.Builder()
                .withGroup(version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withKind(known.getKind())
                .withPlural(known.getPlural())
                .withNamespaced(true)
                .build();
    }

    private static RefusedException notDone(String message) {
        return new RefusedException(RefusedException.Why.NOT_DONE, message);
    }
}
