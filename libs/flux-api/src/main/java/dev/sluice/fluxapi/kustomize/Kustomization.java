package dev.sluice.fluxapi.kustomize;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import org.jspecify.annotations.Nullable;

/** A folder of a source that a cluster is to be like. */
@Kind(
        value =
                "A folder of a source (plain manifests or a Kustomize overlay) that is built and applied to a cluster, and kept as it was applied.",
        group = Groups.KUSTOMIZE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "kustomizations",
        shortNames = "ks",
        categories = "fluxcd-appliers",
        columns = {
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record Kustomization(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "What to build, how to change it, and how to apply it.", optional = true)
                KustomizationSpec spec,
        @Field("What was done and what is in the cluster.") @Nullable KustomizationStatus status)
        implements FluxObject {}
