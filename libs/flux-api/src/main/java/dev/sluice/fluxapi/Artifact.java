package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Patterns;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source held at a revision, and where it can be downloaded. */
public record Artifact(
        @Field("Where the file lies, relative to the root of the store.") String path,
        @Field("Where the file is downloaded from inside the cluster.") String url,
        @Field("What the file was made from: a branch or tag with its commit, a version, a digest.")
                String revision,
        @Field(value = "The file's digest as <algorithm>:<hex>.", pattern = Patterns.DIGEST)
                String digest,
        @Field("When this revision was stored.") Timestamp lastUpdateTime,
        @Field("The file's size in bytes.") @Nullable Long size,
        @Field("What the source says about it, such as the annotations of an OCI manifest.")
                Map<String, String> metadata) {

    public Artifact {
        metadata = Absent.map(metadata);
    }

    /** The revision of the source behind the source, or null where there is none. */
    public @Nullable String originRevision() {
        return metadata.get(Annotations.ORIGIN_REVISION);
    }
}
