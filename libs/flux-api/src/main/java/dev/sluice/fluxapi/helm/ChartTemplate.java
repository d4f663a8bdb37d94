package dev.sluice.fluxapi.helm;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Legacy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HelmChart that a release makes for itself. */
public record ChartTemplate(
        @Field("Labels and annotations of the HelmChart.") @Nullable CommonMetadata metadata,
        @Field("What the HelmChart asks for.") Spec spec) {

    /** The spec of the HelmChart, with a source that may be in another namespace. */
    @Legacy(
            value = "valuesFile",
            description = "One values file. No effect in this version any more: use valuesFiles.")
    public record Spec(
            @Field(
                            value =
                                    "The name of the chart in the repository, or its folder in the source.",
                            min = 1,
                            max = 2048)
                    String chart,
            @Field(
                            value =
                                    "The version, or a range of versions of which the highest is taken. Not looked at for folders.",
                            def = "*")
                    String version,
            @Field("Where the chart comes from.") SourceReference sourceRef,
            @Field(
                            "How often to look for a new version. The release's interval where it is not set.")
                    @Nullable GoDuration interval,
            @Field(
                            value =
                                    "What makes a new artifact: another version of the chart, or another revision of the source.",
                            allowed = {"ChartVersion", "Revision"},
                            def = "ChartVersion")
                    String reconcileStrategy,
            @Field("Values files that take the place of the chart's, each over the one before.")
                    List<String> valuesFiles,
            @Field("True leaves out values files that do not exist, instead of failing.")
                    boolean ignoreMissingValuesFiles,
            @Field("How the chart's signature is checked, for a chart from a registry.")
                    @Nullable Verification verify) {

        public Spec {
            version = Absent.value(version, "*");
            reconcileStrategy = Absent.value(reconcileStrategy, "ChartVersion");
            valuesFiles = Absent.list(valuesFiles);
        }
    }

    /** Where the chart comes from. */
    public record SourceReference(
            @Field("The API version of the source.") @Nullable String apiVersion,
            @Field(
                            value = "The kind of the source.",
                            allowed = {"HelmRepository", "GitRepository", "Bucket"})
                    String kind,
            @Field(value = "The name of the source.", min = 1, max = 253) String name,
            @Field(
                            value =
                                    "The namespace of the source. That of the release where none is named.",
                            min = 1,
                            max = 63)
                    @Nullable String namespace) {}

    /** How a signature is checked. */
    public record Verification(
            @Field(
                            value = "The technique that it was signed with.",
                            required = true,
                            allowed = {"cosign", "notation"},
                            def = "cosign")
                    String provider,
            @Field("A Secret with the trusted keys. Without it cosign verifies keyless.")
                    @Nullable LocalReference secretRef) {

        public Verification {
            provider = Absent.value(provider, "cosign");
        }
    }
}
