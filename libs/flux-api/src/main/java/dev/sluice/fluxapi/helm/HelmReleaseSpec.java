package dev.sluice.fluxapi.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.Dependency;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.HealthCheckExpression;
import dev.sluice.fluxapi.IgnoreRule;
import dev.sluice.fluxapi.Image;
import dev.sluice.fluxapi.KubeConfig;
import dev.sluice.fluxapi.Patch;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a HelmRelease asks for. */
@Rule(
        value =
                "(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))",
        message = "either chart or chartRef must be set")
public record HelmReleaseSpec(
        @Field("The HelmChart to make for this release.") @Nullable ChartTemplate chart,
        @Field("An existing source to take the chart from.") @Nullable ChartReference chartRef,
        @Field("How often to make sure that the cluster still is as it was released.")
                GoDuration interval,
        @Field("True stops all work on this object. What is released stays.") boolean suspend,
        @Field("How long each of Helm's actions may take; five minutes where it is not set.")
                @Nullable GoDuration timeout,
        @Field(
                        value =
                                "The release's name in Helm. Made of the target namespace and the object's name where it is not set.",
                        min = 1,
                        max = 53)
                @Nullable String releaseName,
        @Field(
                        value =
                                "The namespace to release to. That of the object where none is named.",
                        min = 1,
                        max = 63)
                @Nullable String targetNamespace,
        @Field(
                        value =
                                "The namespace of Helm's own records. That of the object where none is named.",
                        min = 1,
                        max = 63)
                @Nullable String storageNamespace,
        @Field("HelmReleases that must be ready before this one is released.")
                List<Dependency> dependsOn,
        @Field("How many revisions Helm keeps; 5 where it is not set, 0 for all.")
                @Nullable Integer maxHistory,
        @Field(
                        value = "The ServiceAccount, in this namespace, in whose name Helm works.",
                        min = 1,
                        max = 253)
                @Nullable String serviceAccountName,
        @Field("The cluster to release to, where it is not this one.")
                @Nullable KubeConfig kubeConfig,
        @Field("Whether one client serves all steps of an action; true where it is not set.")
                @Nullable Boolean persistentClient,
        @Field("What happens when the cluster differs from the release.")
                @Nullable DriftDetection driftDetection,
        @Field("Values for the chart. They win over those of valuesFrom.")
                @Nullable JsonNode values,
        @Field("ConfigMaps and Secrets with values. Later ones win.")
                List<ValuesReference> valuesFrom,
        @Field("How the chart is installed.") @Nullable Install install,
        @Field("How the release is upgraded.") @Nullable Upgrade upgrade,
        @Field("Whether and how the chart's tests are run.") @Nullable Test test,
        @Field("How the release is rolled back.") @Nullable Rollback rollback,
        @Field("How the release is uninstalled.") @Nullable Uninstall uninstall,
        @Field("Labels and annotations put on each object, over its own.")
                @Nullable CommonMetadata commonMetadata,
        @Field("Changes to what the chart renders, one after the other.")
                List<PostRenderer> postRenderers,
        @Field(
                        value =
                                "What post renderers see: all but hooks, both together (combined, the default), or each by itself.",
                        allowed = {"nohooks", "combined", "separate"})
                @Nullable String postRenderStrategy,
        @Field("How Helm waits for objects.") @Nullable WaitStrategy waitStrategy,
        @Field("How the health of custom resources is read.")
                List<HealthCheckExpression> healthCheckExprs) {

    public HelmReleaseSpec {
        dependsOn = Absent.list(dependsOn);
        valuesFrom = Absent.list(valuesFrom);
        postRenderers = Absent.list(postRenderers);
        healthCheckExprs = Absent.list(healthCheckExprs);
    }

    /** An existing source of a chart. */
    public record ChartReference(
            @Field("The API version of the source.") @Nullable String apiVersion,
            @Field(
                            value = "The kind of the source.",
                            allowed = {"OCIRepository", "HelmChart", "ExternalArtifact"})
                    String kind,
            @Field(value = "The name of the source.", min = 1, max = 253) String name,
            @Field(
                            value =
                                    "The namespace of the source. That of the release where none is named.",
                            min = 1,
                            max = 63)
                    @Nullable String namespace) {}

    /** What happens when the cluster differs from the release. */
    public record DriftDetection(
            @Field(
                            value =
                                    "enabled puts it right, warn only tells, disabled (the default) does not look.",
                            allowed = {"enabled", "warn", "disabled"})
                    @Nullable String mode,
            @Field("Fields that may differ.") List<IgnoreRule> ignore) {

        public DriftDetection {
            ignore = Absent.list(ignore);
        }
    }

    /** A ConfigMap or Secret with values. */
    public record ValuesReference(
            @Field(
                            value = "ConfigMap or Secret.",
                            allowed = {"Secret", "ConfigMap"})
                    String kind,
            @Field(value = "Its name, in the namespace of the release.", min = 1, max = 253)
                    String name,
            @Field(
                            value = "The key with the values; values.yaml where it is not set.",
                            pattern = "^[\\-._a-zA-Z0-9]+$",
                            max = 253)
                    @Nullable String valuesKey,
            @Field(
                            value =
                                    "Where in the values the key's text goes, as a path with dots. The key then holds one value, not a file.",
                            pattern = "^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$",
                            max = 250)
                    @Nullable String targetPath,
            @Field("True goes on without it where it does not exist.") boolean optional,
            @Field(
                            "True puts the text at the target path as it is, without reading lists or numbers out of it.")
                    boolean literal) {}

    /** Whether and how the chart's tests are run. */
    public record Test(
            @Field("True runs the tests after each install and upgrade.") boolean enable,
            @Field("How long they may take. The release's timeout where it is not set.")
                    @Nullable GoDuration timeout,
            @Field("True does not count failed tests as a failure of the release.")
                    boolean ignoreFailures,
            @Field("Which tests are run. All where none is listed.") List<TestFilter> filters) {

        public Test {
            filters = Absent.list(filters);
        }
    }

    /** Selects a test. */
    public record TestFilter(
            @Field(value = "The test's name.", min = 1, max = 253) String name,
            @Field("True runs all but this one.") boolean exclude) {}

    /** How a release is rolled back. */
    public record Rollback(
            @Field("How long the action may take. The release's timeout where it is not set.")
                    @Nullable GoDuration timeout,
            @Field("True does not run the chart's hooks.") boolean disableHooks,
            @Field("True does not wait until the objects are ready.") boolean disableWait,
            @Field("True does not wait until jobs are done.") boolean disableWaitForJobs,
            @Field("Out of date. True restarts the pods of what was rolled back.") boolean recreate,
            @Field("True deletes and creates objects anew where they cannot be changed in place.")
                    boolean force,
            @Field("True deletes what a failed rollback created.") boolean cleanupOnFail,
            @Field(
                            value =
                                    "Whether objects are applied by the server; auto (the default) does as the last release did.",
                            allowed = {"enabled", "disabled", "auto"})
                    @Nullable String serverSideApply) {}

    /** How a release is uninstalled. */
    public record Uninstall(
            @Field("How long the action may take. The release's timeout where it is not set.")
                    @Nullable GoDuration timeout,
            @Field("True does not run the chart's hooks.") boolean disableHooks,
            @Field("True does not wait until the objects are ready.") boolean disableWait,
            @Field("True keeps Helm's records of the release.") boolean keepHistory,
            @Field(
                            value = "How Kubernetes deletes what objects own.",
                            allowed = {"background", "foreground", "orphan"},
                            def = "background")
                    String deletionPropagation) {

        public Uninstall {
            deletionPropagation = Absent.value(deletionPropagation, "background");
        }
    }

    /** A change to what the chart renders. */
    public record PostRenderer(
            @Field("Changes as in a kustomization.yaml.") @Nullable Kustomize kustomize) {}

    /** Changes as in a kustomization.yaml. */
    @Legacy(
            value = "patchesStrategicMerge",
            type = Legacy.Shape.ARRAY,
            description =
                    "Strategic merge patches. No effect in this version any more: use patches.")
    @Legacy(
            value = "patchesJson6902",
            type = Legacy.Shape.ARRAY,
            description =
                    "JSON patches with targets. No effect in this version any more: use patches.")
    public record Kustomize(
            @Field("Patches, strategic merge or JSON.") List<Patch> patches,
            @Field("Images to replace names, tags or digests of.") List<Image> images) {

        public Kustomize {
            patches = Absent.list(patches);
            images = Absent.list(images);
        }
    }

    /** How Helm waits for objects. */
    public record WaitStrategy(
            @Field(
                            value =
                                    "poller (the default) reads the status as health checks do, legacy as older versions of Helm.",
                            allowed = {"poller", "legacy"})
                    String name) {}
}
