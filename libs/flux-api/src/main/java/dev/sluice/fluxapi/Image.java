package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/** An image to replace. */
public record Image(
        @Field("The image to look for, without tag and digest.") String name,
        @Field("The name to put in its place.") @Nullable String newName,
        @Field("The tag to put in the place of its tag.") @Nullable String newTag,
        @Field("The digest to put in the place of its tag. It wins over newTag.")
                @Nullable String digest) {}
