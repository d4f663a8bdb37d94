package dev.sluice.fluxapi.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts artifacts out of sources and puts them together anew. */
@Kind(
        value =
                "Makes ExternalArtifacts out of parts of other sources, so that each part changes only when its own files do.",
        group = Groups.SOURCE_EXTENSIONS,
        version = "v1beta1",
        plural = "artifactgenerators",
        shortNames = {"ag"},
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        },
        unobservedAtFirst = false)
public record ArtifactGenerator(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which sources are taken and what is made of them.", optional = true)
                Spec spec,
        @Field("What was made.") @Nullable Status status)
        implements FluxObject {

    /** What an ArtifactGenerator asks for. */
    @Rule(
            value =
                    "has(self.pathPattern) && size(self.pathPattern) > 0 || self.artifacts.all(a, a.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))",
            message =
                    "artifact names must be valid Kubernetes object names when pathPattern is not set")
    public record Spec(
            @Field(value = "The sources, each with an alias.", required = true, min = 1, max = 1000)
                    @JsonInclude
                    List<Source> sources,
            @Field(value = "The artifacts to make.", required = true, min = 1, max = 1000)
                    @JsonInclude
                    List<Output> artifacts,
            @Field(
                            value =
                                    "A path with parts in braces: each folder that fits makes its own artifacts, with what the braces caught filled in.",
                            pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$",
                            max = 1024)
                    @Nullable String pathPattern,
            @Field("Labels and annotations put on each artifact.")
                    @Nullable CommonMetadata commonMetadata) {

        public Spec {
            sources = Absent.list(sources);
            artifacts = Absent.list(artifacts);
        }
    }

    /** A source, and the name that it goes by here. */
    public record Source(
            @Field(
                            value = "The name that the source goes by here.",
                            pattern = "^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$",
                            max = 63)
                    String alias,
            @Field(
                            value = "The kind of the source.",
                            allowed = {
                                "Bucket",
                                "GitRepository",
                                "OCIRepository",
                                "HelmChart",
                                "ExternalArtifact"
                            })
                    String kind,
            @Field(
                            value = "The name of the source.",
                            pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                            max = 253)
                    String name,
            @Field(
                            value =
                                    "The namespace of the source. That of the generator where none is named.",
                            pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                            min = 1,
                            max = 63)
                    @Nullable String namespace) {}

    /** An artifact to make. */
    public record Output(
            @Field(value = "The name of the ExternalArtifact.", min = 1, max = 253) String name,
            @Field(
                            value =
                                    "The source, as @alias, whose revision the artifact has. One made from its content where none is named.",
                            pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$",
                            max = 64)
                    @Nullable String revision,
            @Field(
                            value = "The source, as @alias, whose revision is noted as the origin.",
                            pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$",
                            max = 64)
                    @Nullable String originRevision,
            @Field(value = "What is copied into it, one after the other.", required = true, min = 1)
                    @JsonInclude
                    List<Copy> copy) {

        public Output {
            copy = Absent.list(copy);
        }
    }

    /** Files to copy. */
    public record Copy(
            @Field(
                            value = "What to copy: @alias/ and a path or pattern.",
                            pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$",
                            min = 1,
                            max = 1024)
                    String from,
            @Field(
                            value = "Where to put it: @artifact/ and a path.",
                            pattern = "^@(artifact)/(.*)$",
                            min = 1,
                            max = 1024)
                    String to,
            @Field(value = "Patterns of what not to copy.", max = 100) List<String> exclude,
            @Field(
                            value =
                                    "What happens to a file that is there already (Overwrite is the default, Merge merges YAML), or Extract to unpack archives.",
                            allowed = {"Overwrite", "Merge", "Extract"})
                    @Nullable String strategy) {

        public Copy {
            exclude = Absent.list(exclude);
        }
    }

    /** What is known about an ArtifactGenerator. */
    public record Status(
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("The artifacts that were made.") List<Made> inventory,
            @Field("The digest of all sources' revisions that the artifacts were made from.")
                    @Nullable String observedSourcesDigest) {

        public Status {
            conditions = Absent.list(conditions);
            inventory = Absent.list(inventory);
        }
    }

    /** An artifact that was made. */
    public record Made(
            @Field("The ExternalArtifact's name.") String name,
            @Field("The ExternalArtifact's namespace.") String namespace,
            @Field("The digest of the file.") String digest,
            @Field("The name of the file in the store.") String filename) {}
}
