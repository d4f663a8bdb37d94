package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/** Says with CEL expressions over an object how the health of its kind is read. */
public record HealthCheckExpression(
        @Field("The API version of the objects.") String apiVersion,
        @Field("The kind of the objects.") @Nullable String kind,
        @Field("True where the object is as its spec says.") String current,
        @Field("True while the object is still on its way there.") @Nullable String inProgress,
        @Field("True where the object will not get there by itself.") @Nullable String failed) {}
