package dev.sluice.fluxapi.source;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Helm chart from a repository or a folder. */
@Kind(
        value =
                "A Helm chart from a HelmRepository, or packaged from a folder of a GitRepository or Bucket.",
        group = Groups.SOURCE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "helmcharts",
        shortNames = {"hc"},
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "Chart", path = ".spec.chart"),
            @Column(name = "Version", path = ".spec.version"),
            @Column(name = "Source Kind", path = ".spec.sourceRef.kind"),
            @Column(name = "Source Name", path = ".spec.sourceRef.name"),
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record HelmChart(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which chart is wanted.", optional = true) Spec spec,
        @Field("What was fetched or packaged.") @Nullable Status status)
        implements FluxObject {

    /** What a HelmChart asks for. */
    @Rule(
            value = "!has(self.verify) || self.sourceRef.kind == 'HelmRepository'",
            message = "spec.verify is only supported when spec.sourceRef.kind is 'HelmRepository'")
    @Legacy(
            value = "valuesFile",
            description = "One values file. No effect in this version any more: use valuesFiles.")
    @Legacy(
            value = "accessFrom",
            type = Legacy.Shape.OBJECT,
            description = "Who may refer to this object. Never evaluated.")
    public record Spec(
            @Field("The name of the chart in the repository, or its folder in the source.")
                    String chart,
            @Field(
                            value =
                                    "The version, or a range of versions of which the highest is taken. Not looked at for folders.",
                            def = "*")
                    String version,
            @Field("Where the chart comes from.") SourceReference sourceRef,
            @Field("How often to look for a new version.") GoDuration interval,
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
            @Field("True stops looking for versions. The artifact stays.") boolean suspend,
            @Field("How the chart's signature is checked, for a chart from a registry.")
                    @Nullable Verification verify) {

        public Spec {
            version = Absent.value(version, "*");
            reconcileStrategy = Absent.value(reconcileStrategy, "ChartVersion");
            valuesFiles = Absent.list(valuesFiles);
        }
    }

    /** Where a chart comes from, in the namespace of the HelmChart. */
    public record SourceReference(
            @Field("The API version of the source.") @Nullable String apiVersion,
            @Field(
                            value = "The kind of the source.",
                            allowed = {"HelmRepository", "GitRepository", "Bucket"})
                    String kind,
            @Field("The name of the source.") String name) {}

    /** How a signature is checked. */
    public record Verification(
            @Field(
                            value = "The technique that it was signed with.",
                            required = true,
                            allowed = {"cosign", "notation"},
                            def = "cosign")
                    String provider,
            @Field(
                            "A Secret with the trusted keys (*.pub), or with trustpolicy.json and certificates. Without it cosign verifies keyless.")
                    @Nullable LocalReference secretRef,
            @Field(
                            "Whose identities may have signed, for keyless verification. Any where none is listed.")
                    List<OCIRepository.SignerIdentity> matchOIDCIdentity) {

        public Verification {
            provider = Absent.value(provider, "cosign");
            matchOIDCIdentity = Absent.list(matchOIDCIdentity);
        }
    }

    /** What is known about a HelmChart. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("Where the latest artifact can be downloaded.") @Nullable String url,
            @Field("What was fetched last.") @Nullable Artifact artifact,
            @Field("The revision of the source that the chart was taken from.")
                    @Nullable String observedSourceArtifactRevision,
            @Field("The name of the chart that was last found.") @Nullable String observedChartName,
            @Field("The values files that the chart was last packaged with.")
                    List<String> observedValuesFiles) {

        public Status {
            conditions = Absent.list(conditions);
            observedValuesFiles = Absent.list(observedValuesFiles);
        }
    }
}
