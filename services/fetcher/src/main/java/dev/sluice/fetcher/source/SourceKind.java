package dev.sluice.fetcher.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.schema.Kind;
import java.util.Objects;

/**
 * A kind of the API: where its objects are, and how they are read.
 *
 * @param group for example {@code source.toolkit.fluxcd.io}
 * @param plural as it is in the paths of the API
 * @param finalizer that keeps an object until it is let go
 * @param manager whose the metadata is that we write
 */
public record SourceKind<O extends Record & FluxObject>(
        Class<O> type,
        String group,
        String version,
        String kind,
        String plural,
        String finalizer,
        String manager) {

    /** What the type's annotation says. */
    public static <O extends Record & FluxObject> SourceKind<O> of(Class<O> type) {
        Kind said = Objects.requireNonNull(type.getAnnotation(Kind.class), type.getName());
        return new SourceKind<>(
                type,
                said.group(),
                said.version(),
                type.getSimpleName(),
                said.plural(),
                Labels.FINALIZER,
                "source-controller");
    }

    /** The same kind with another finalizer and manager. */
    public SourceKind<O> ownedBy(String otherFinalizer, String otherManager) {
        return new SourceKind<>(type, group, version, kind, plural, otherFinalizer, otherManager);
    }

    public SourceKey key(String namespace, String name) {
        return new SourceKey(kind, namespace, name);
    }

    /** Reads an object as the API server has it. */
    public Source<O> read(JsonNode tree) throws MalformedObjectException {
        O object = FluxJson.read(tree, type);
        SourceKey key = key(object.metadata().namespace(), object.metadata().name());
        return new Source<>(key, object, SourceStatus.read(tree.path("status")));
    }

    /** The same source, where it is one of this kind. */
    public Source<O> cast(Source<?> source) {
        return new Source<>(source.key(), type.cast(source.object()), source.status());
    }
}
