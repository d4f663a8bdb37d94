package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/** An object of the same kind that must be ready first. */
public record Dependency(
        @Field("The name of the object to wait for.") String name,
        @Field("Its namespace, that of the waiting object where none is named.")
                @Nullable String namespace,
        @Field(
                        "A CEL expression over dep (the object waited for) and self (the waiting one) that says when it is ready, in place of the built-in check.")
                @Nullable String readyExpr) {}
