package dev.sluice.fluxapi.kustomize;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.Dependency;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.HealthCheckExpression;
import dev.sluice.fluxapi.IgnoreRule;
import dev.sluice.fluxapi.Image;
import dev.sluice.fluxapi.KubeConfig;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Patch;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Legacy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Kustomization asks for. */
@Legacy(
        value = "validation",
        description =
                "How kubectl would validate. Server-side apply always validates, so this has no effect.")
@Legacy(
        value = "patchesStrategicMerge",
        type = Legacy.Shape.ARRAY,
        description = "Strategic merge patches. No effect in this version any more: use patches.")
@Legacy(
        value = "patchesJson6902",
        type = Legacy.Shape.ARRAY,
        description = "JSON patches with targets. No effect in this version any more: use patches.")
public record KustomizationSpec(
        @Field("The source that holds the folder.") SourceReference sourceRef,
        @Field("The folder, from the root of the source. The root itself where none is named.")
                @Nullable String path,
        @Field("How often to make sure that the cluster still is as it was applied.")
                GoDuration interval,
        @Field("How long to wait after a failure. The interval where it is not set.")
                @Nullable GoDuration retryInterval,
        @Field(
                        "How long building, applying and the health checks may take together: the interval less 30 seconds where it is not set, and never less than 30 seconds.")
                @Nullable GoDuration timeout,
        @Field(
                        value =
                                "Whether to delete from the cluster what is no longer in the source.",
                        required = true)
                @JsonInclude
                boolean prune,
        @Field(
                        "What happens to the applied objects when this object is deleted: as prune says (MirrorPrune, the default), deleted, deleted and waited for, or left.")
                @Nullable DeletionPolicy deletionPolicy,
        @Field("True stops all work on this object. What is applied stays.") boolean suspend,
        @Field("Kustomizations that must be ready before this one is applied.")
                List<Dependency> dependsOn,
        @Field("The ServiceAccount, in this namespace, in whose name objects are applied.")
                @Nullable String serviceAccountName,
        @Field("The cluster to apply to, where it is not this one.")
                @Nullable KubeConfig kubeConfig,
        @Field("How encrypted files in the folder are decrypted.") @Nullable Decryption decryption,
        @Field("Variables to fill in after the build.") @Nullable PostBuild postBuild,
        @Field(value = "The namespace that all namespaced objects are put in.", min = 1, max = 63)
                @Nullable String targetNamespace,
        @Field(value = "Text put before the name of each object.", min = 1, max = 200)
                @Nullable String namePrefix,
        @Field(value = "Text put after the name of each object.", min = 1, max = 200)
                @Nullable String nameSuffix,
        @Field("Labels and annotations put on each object, over its own.")
                @Nullable CommonMetadata commonMetadata,
        @Field("Patches (strategic merge or JSON) that are applied after those of the folder.")
                List<Patch> patches,
        @Field("Images to replace names, tags or digests of.") List<Image> images,
        @Field("Kustomize components, by their path relative to the folder.")
                List<String> components,
        @Field("True leaves out components whose path does not exist, instead of failing.")
                boolean ignoreMissingComponents,
        @Field(
                        value =
                                "Which facts about the build are put on the objects as annotations.",
                        allowed = {"originAnnotations", "transformerAnnotations"})
                List<String> buildMetadata,
        @Field("Fields that are left out when objects are applied and compared.")
                List<IgnoreRule> ignore,
        @Field(
                        "True waits until all applied objects are healthy. healthChecks are then not looked at.")
                @JsonProperty("wait")
                boolean waitForHealth,
        @Field("Objects that must be healthy before this one is ready.")
                List<ObjectToCheck> healthChecks,
        @Field("How the health of custom resources is read.")
                List<HealthCheckExpression> healthCheckExprs,
        @Field(
                        value =
                                "True deletes and creates objects anew where a changed field cannot be changed in place.",
                        def = "false")
                boolean force) {

    public KustomizationSpec {
        dependsOn = Absent.list(dependsOn);
        patches = Absent.list(patches);
        images = Absent.list(images);
        components = Absent.list(components);
        buildMetadata = Absent.list(buildMetadata);
        ignore = Absent.list(ignore);
        healthChecks = Absent.list(healthChecks);
        healthCheckExprs = Absent.list(healthCheckExprs);
    }

    /** The source of a Kustomization. */
    public record SourceReference(
            @Field("The API version of the source.") @Nullable String apiVersion,
            @Field(
                            value = "The kind of the source.",
                            allowed = {
                                "OCIRepository",
                                "GitRepository",
                                "Bucket",
                                "ExternalArtifact"
                            })
                    String kind,
            @Field("The name of the source.") String name,
            @Field("The namespace of the source. That of the Kustomization where none is named.")
                    @Nullable String namespace) {}

    /** What happens to applied objects when their Kustomization is deleted. */
    public enum DeletionPolicy {
        @JsonProperty("MirrorPrune")
        MIRROR_PRUNE,
        @JsonProperty("Delete")
        DELETE,
        @JsonProperty("WaitForTermination")
        WAIT_FOR_TERMINATION,
        @JsonProperty("Orphan")
        ORPHAN
    }

    /** How encrypted files are decrypted. */
    public record Decryption(
            @Field(value = "What encrypted the files.", allowed = "sops") String provider,
            @Field(
                            "A Secret with private keys (*.agekey, *.asc, identity) or credentials of key services.")
                    @Nullable LocalReference secretRef,
            @Field("The ServiceAccount whose cloud identity may use the key services.")
                    @Nullable String serviceAccountName) {}

    /** Variables, filled in after the build. */
    public record PostBuild(
            @Field("Variables with their values. They win over those of substituteFrom.")
                    Map<String, String> substitute,
            @Field("ConfigMaps and Secrets whose keys are variables. Later ones win.")
                    List<SubstituteSource> substituteFrom,
            @Field(
                            "Always fills in variables; WithVariables (the default) does so only where at least one is defined.")
                    @Nullable SubstituteStrategy substituteStrategy) {

        public PostBuild {
            substitute = Absent.map(substitute);
            substituteFrom = Absent.list(substituteFrom);
        }
    }

    /** When variables are looked for in the build's output. */
    public enum SubstituteStrategy {
        @JsonProperty("WithVariables")
        WITH_VARIABLES,
        @JsonProperty("Always")
        ALWAYS
    }

    /** A ConfigMap or Secret that defines variables. */
    public record SubstituteSource(
            @Field(
                            value = "ConfigMap or Secret.",
                            allowed = {"Secret", "ConfigMap"})
                    String kind,
            @Field(value = "Its name, in the namespace of the Kustomization.", min = 1, max = 253)
                    String name,
            @Field(value = "True goes on without it where it does not exist.", def = "false")
                    boolean optional) {}

    /** An object whose health is checked. */
    public record ObjectToCheck(
            @Field("The API version, apps/v1 where it is not set.") @Nullable String apiVersion,
            @Field("The kind.") String kind,
            @Field("The name.") String name,
            @Field("The namespace. That of the Kustomization where it is not set.")
                    @Nullable String namespace) {}
}
