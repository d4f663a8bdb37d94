package dev.sluice.fluxapi.helm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Inventory;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Legacy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about a HelmRelease. */
@Legacy(
        value = "lastAppliedRevision",
        description = "The version of the chart that was last released. In the history now.")
public record HelmReleaseStatus(
        @Field("The generation that was last brought to an end; -1 before the first.")
                @Nullable Long observedGeneration,
        @Field("The digest of the post renderers of the last release.")
                @Nullable String observedPostRenderersDigest,
        @Field("The digest of the common metadata of the last release.")
                @Nullable String observedCommonMetadataDigest,
        @Field("The generation that was last tried.") @Nullable Long lastAttemptedGeneration,
        @Field(
                        "Ready, Released, TestSuccess, Remediated, Drifted and, while they hold, Reconciling and Stalled.")
                List<Condition> conditions,
        @Field("The HelmChart that was made for the release, as namespace/name.")
                @Nullable String helmChart,
        @Field(value = "The namespace of Helm's own records.", min = 1, max = 63)
                @Nullable String storageNamespace,
        @Field("The latest releases, the newest first.") List<Snapshot> history,
        @Field("The objects of the release.") @Nullable Inventory inventory,
        @Field(
                        value = "What was last tried.",
                        allowed = {"install", "upgrade"})
                @Nullable String lastAttemptedReleaseAction,
        @Field("How long that took, as a Go duration.")
                @Nullable String lastAttemptedReleaseActionDuration,
        @Field("How often the wanted state failed since it last changed.") @Nullable Long failures,
        @Field("How often installing it failed.") @Nullable Long installFailures,
        @Field("How often upgrading to it failed.") @Nullable Long upgradeFailures,
        @Field("The version of the chart that was last tried.")
                @Nullable String lastAttemptedRevision,
        @Field("The digest of the chart's OCI artifact that was last tried.")
                @Nullable String lastAttemptedRevisionDigest,
        @Field("The digest of the values that were last tried.")
                @Nullable String lastAttemptedConfigDigest,
        @Field("Out of date: lastAttemptedConfigDigest says it better.")
                @Nullable String lastAttemptedValuesChecksum,
        @Field("Out of date: history says it better.") @Nullable Integer lastReleaseRevision,
        @Field("The value of the annotation that last asked for a reconciliation which was done.")
                @Nullable String lastHandledReconcileAt,
        @Field("The value of the annotation that last forced an upgrade.")
                @Nullable String lastHandledForceAt,
        @Field("The value of the annotation that last reset the failures.")
                @Nullable String lastHandledResetAt) {

    public HelmReleaseStatus {
        conditions = Absent.list(conditions);
        history = Absent.list(history);
    }

    /** A release as Helm recorded it. */
    public record Snapshot(
            @Field("The version of this entry's own format.") @Nullable String apiVersion,
            @Field("The digest of the release as Helm stored it.") String digest,
            @Field("The release's name.") String name,
            @Field("The release's namespace.") String namespace,
            @Field(value = "The release's revision in Helm.", required = true) int version,
            @Field("The release's status in Helm.") String status,
            @Field("What made it: install or upgrade.") @Nullable String action,
            @Field("The chart's name.") String chartName,
            @Field("The chart's version.") String chartVersion,
            @Field("The version of the application in the chart.") @Nullable String appVersion,
            @Field("The digest of the values.") String configDigest,
            @Field("When the release was first deployed.") Timestamp firstDeployed,
            @Field("When the release was last deployed.") Timestamp lastDeployed,
            @Field("When the release was deleted.") @Nullable Timestamp deleted,
            @Field("The tests that were run, by name.")
                    @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS)
                    @Nullable Map<String, TestHook> testHooks,
            @Field("The digest of the chart's OCI artifact.") @Nullable String ociDigest) {}

    /** A test that was run. */
    public record TestHook(
            @Field("When it last started.") @Nullable Timestamp lastStarted,
            @Field("When it last ended.") @Nullable Timestamp lastCompleted,
            @Field("How it ended.") @Nullable String phase) {}
}
