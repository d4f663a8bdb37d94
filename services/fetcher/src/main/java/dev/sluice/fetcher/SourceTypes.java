package dev.sluice.fetcher;

import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fluxapi.FluxObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The kinds of sources, asked for the objects that are theirs. */
final class SourceTypes {

    private final Map<String, SourceType<?>> types = new LinkedHashMap<>();

    SourceTypes(List<SourceType<?>> types) {
        types.forEach(type -> this.types.put(type.kind().kind(), type));
    }

    Collection<SourceKind<?>> kinds() {
        return types.values().stream().<SourceKind<?>>map(SourceType::kind).toList();
    }

    Outcome look(Source<?> source) throws InterruptedException {
        return look(type(source), source);
    }

    boolean isSuspended(Source<?> source) {
        return isSuspended(type(source), source);
    }

    Duration interval(Source<?> source) {
        return interval(type(source), source);
    }

    SourceType.Steward steward(Source<?> source) {
        return steward(type(source), source);
    }

    void deleted(Source<?> source) {
        deleted(type(source), source);
    }

    List<SourceKey> madeOf(Source<?> source) {
        return madeOf(type(source), source);
    }

    private SourceType<?> type(Source<?> source) {
        return Objects.requireNonNull(types.get(source.key().kind()), source.key().kind());
    }

    private static <O extends Record & FluxObject> Outcome look(
            SourceType<O> type, Source<?> source) throws InterruptedException {
        return type.look(type.kind().cast(source));
    }

    private static <O extends Record & FluxObject> boolean isSuspended(
            SourceType<O> type, Source<?> source) {
        return type.isSuspended(type.kind().cast(source).object());
    }

    private static <O extends Record & FluxObject> Duration interval(
            SourceType<O> type, Source<?> source) {
        return type.interval(type.kind().cast(source).object());
    }

    private static <O extends Record & FluxObject> SourceType.Steward steward(
            SourceType<O> type, Source<?> source) {
        return type.steward(type.kind().cast(source).object());
    }

    private static <O extends Record & FluxObject> void deleted(
            SourceType<O> type, Source<?> source) {
        type.deleted(type.kind().cast(source));
    }

    private static <O extends Record & FluxObject> List<SourceKey> madeOf(
            SourceType<O> type, Source<?> source) {
        return type.madeOf(type.kind().cast(source).object());
    }
}
