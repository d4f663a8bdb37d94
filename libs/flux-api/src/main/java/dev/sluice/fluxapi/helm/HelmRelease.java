package dev.sluice.fluxapi.helm;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import org.jspecify.annotations.Nullable;

/** A Helm chart, released with values. */
@Kind(
        value =
                "A Helm chart that is installed in a cluster with values, upgraded when either changes, and kept as it was released.",
        group = Groups.HELM,
        version = "v2",
        legacyVersions = {"v2beta2", "v2beta1"},
        plural = "helmreleases",
        shortNames = {"hr"},
        categories = "fluxcd-appliers",
        columns = {
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record HelmRelease(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(
                        value =
                                "Which chart is released, with which values, and what happens when that fails.",
                        optional = true)
                HelmReleaseSpec spec,
        @Field("What was released.") @Nullable HelmReleaseStatus status)
        implements FluxObject {}
