package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Selects objects of the build. What is not set selects all; names and kinds are regular
 * expressions.
 */
public record Selector(
        @Field("The API group.") @Nullable String group,
        @Field("The API version, without its group.") @Nullable String version,
        @Field("The kind.") @Nullable String kind,
        @Field("The name.") @Nullable String name,
        @Field("The namespace.") @Nullable String namespace,
        @Field("Labels that the object has, as a label selector.") @Nullable String labelSelector,
        @Field("Annotations that the object has, written like a label selector.")
                @Nullable String annotationSelector) {}
