package dev.sluice.fetcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fetcher.source.ObjectWriter;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceStatus;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.FinalizerPatch;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.StatusPatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source objects of the cluster: watching, and writing of status and finalizer. */
final class SourceObjects implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceObjects.class);

    private final KubernetesClient client;
    private final SourceTable table;
    private final Consumer<SourceKey> wake;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, SourceKind<?>> kinds = new LinkedHashMap<>();
    private final Map<String, SharedIndexInformer<GenericKubernetesResource>> informers =
            new LinkedHashMap<>();

    /**
     * @param wake told which objects have work
     */
    SourceObjects(
            KubernetesClient client,
            Collection<SourceKind<?>> kinds,
            SourceTable table,
            Consumer<SourceKey> wake) {
        this.client = client;
        this.table = table;
        this.wake = wake;
        for (SourceKind<?> kind : kinds) {
            this.kinds.put(kind.kind(), kind);
            informers.put(
                    kind.kind(),
                    client.genericKubernetesResources(context(kind))
                            .inAnyNamespace()
                            .runnableInformer(0)
                            .addEventHandler(new Watch(kind))
                            // Where the kind is not served yet, or the API server is away, the
                            // watch waits for it.
                            .exceptionHandler((started, problem) -> true));
        }
    }

    private static ResourceDefinitionContext context(SourceKind<?> kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
    }

    /**
     * Starts watching. Returns at once.
     *
     * @param seen told of each kind of which all objects that were there at the start have been
     *     seen
     */
    void start(Consumer<String> seen) {
        informers.forEach((kind, informer) ->
                informer.start()
                        .whenComplete((done, problem) -> {
                            if (problem == null) {
                                listed(kind, informer);
                                seen.accept(kind);
                            } else {
                                LOG.atError()
                                        .addKeyValue("kind", kind)
                                        .setCause(problem)
                                        .log("a kind of source can't be watched");
                            }
                        }));
    }

    /** The informer tells its handlers of each object in its own time, which may be later. */
    private void listed(String kind, SharedIndexInformer<GenericKubernetesResource> informer) {
        informer.getStore().list().forEach(this::seen);
        table.listed(kind);
    }

    /** The kinds of which not all objects that were there at the start have been seen. */
    List<String> unseen() {
        return kinds.keySet().stream().filter(kind -> !table.isListed(kind)).toList();
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::stop);
    }

    /** Sees to it that the object is not gone before we have heard of its deletion. */
    void addFinalizer(Source<?> source) {
        if (!hasFinalizer(source)) {
            SourceKind<?> kind = kind(source);
            write(
                    source,
                    resource(source),
                    FinalizerPatch.with(source.metadata(), kind.finalizer()),
                    kind.manager());
        }
    }

    boolean hasFinalizer(Source<?> source) {
        return source.metadata().finalizers().contains(kind(source).finalizer());
    }

    /** Lets the object go. */
    void removeFinalizer(Source<?> source) {
        SourceKind<?> kind = kind(source);
        write(
                source,
                resource(source),
                FinalizerPatch.without(source.metadata(), kind.finalizer()),
                kind.manager());
    }

    /** Replaces the status. */
    void writeStatus(Source<?> source, SourceStatus status) {
        write(
                source,
                resource(source).subresource("status"),
                StatusPatch.whole(source.status().write(), status.write(), source.metadata().uid()),
                "gotk-" + kind(source).manager());
    }

    private void write(
            Source<?> source,
            EditReplacePatchable<GenericKubernetesResource> resource,
            ObjectNode patch,
            String manager) {
        new ObjectWriter(source.key(), resource)
                .write(patch, manager)
                .ifPresent(written -> seen(kind(source), written));
    }

    /** Takes what an answer of the API server says of an object; other kinds are passed over. */
    void seen(GenericKubernetesResource resource) {
        SourceKind<?> kind = kinds.get(resource.getKind());
        if (kind != null) {
            seen(kind, resource);
        }
    }

    private void seen(SourceKind<?> kind, GenericKubernetesResource resource) {
        read(kind, resource).ifPresent(source -> table.put(source).forEach(wake));
    }

    private SourceKind<?> kind(Source<?> source) {
        return Objects.requireNonNull(kinds.get(source.key().kind()));
    }

    private Resource<GenericKubernetesResource> resource(Source<?> source) {
        return client.genericKubernetesResources(context(kind(source)))
                .inNamespace(source.key().namespace())
                .withName(source.key().name());
    }

    private Optional<Source<?>> read(SourceKind<?> kind, GenericKubernetesResource resource) {
        try {
            return Optional.of(kind.read(json.valueToTree(resource)));
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue(
                            "target",
                            kind.key(
                                    resource.getMetadata().getNamespace(),
                                    resource.getMetadata().getName()))
                    .addKeyValue("reason", e.getMessage())
                    .log("an object that the definitions should have refused is left alone");
            return Optional.empty();
        }
    }

    /** Runs on the informer's thread, so it only takes note and wakes. */
    private final class Watch implements ResourceEventHandler<GenericKubernetesResource> {

        private final SourceKind<?> kind;

        Watch(SourceKind<?> kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            seen(kind, resource);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            seen(kind, now);
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean stateUnknown) {
            read(kind, resource)
                    .ifPresent(source -> {
                        table.remove(source);
                        wake.accept(source.key());
                    });
        }
    }
}
