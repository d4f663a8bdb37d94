package dev.sluice.fluxapi.source;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An artifact that something else than a source of Sluice made. */
@Kind(
        value =
                "An artifact that something else made, such as an ArtifactGenerator. Kustomizations and HelmReleases take it like any source.",
        group = Groups.SOURCE,
        version = "v1",
        plural = "externalartifacts",
        shortNames = {"ea"},
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE),
            @Column(name = "Source", path = ".spec.sourceRef.name")
        },
        unobservedAtFirst = false)
public record ExternalArtifact(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Who makes the artifact.", optional = true) Spec spec,
        @Field("The artifact.") @Nullable Status status)
        implements FluxObject {

    /** Who makes the artifact. */
    public record Spec(
            @Field("The object that the artifact is made for.")
                    @Nullable SourceReference sourceRef) {}

    /** The object that an artifact is made for. */
    public record SourceReference(
            @Field("Its API version.") @Nullable String apiVersion,
            @Field("Its kind.") String kind,
            @Field("Its name.") String name,
            @Field("Its namespace. That of the ExternalArtifact where none is named.")
                    @Nullable String namespace) {}

    /** The artifact. */
    public record Status(
            @Field("Ready, as the maker says.") List<Condition> conditions,
            @Field("What was fetched last.") @Nullable Artifact artifact) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
