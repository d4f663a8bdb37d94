package dev.sluice.fluxapi.image;

import dev.sluice.fluxapi.schema.Field;
import org.jspecify.annotations.Nullable;

/** An image. */
public record ImageReference(
        @Field("The image's name.") String name,
        @Field("Its tag.") String tag,
        @Field("Its digest.") @Nullable String digest) {}
