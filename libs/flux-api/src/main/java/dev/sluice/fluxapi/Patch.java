package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/** A patch and what it is applied to. */
public record Patch(
        @Field(
                        "The patch as YAML: an object with fields to merge, or a list of JSON patch operations.")
                String patch,
        @Field(
                        "Which objects it is applied to. A merge patch without a target names its object itself.")
                @Nullable Selector target) {}
