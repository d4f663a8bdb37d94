package dev.sluice.fluxapi.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.AccessFrom;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Patterns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository of container images whose tags are looked at. */
@Kind(
        value =
                "A repository of container images whose tags are looked at. Served so that repositories apply; nothing acts on it.",
        group = Groups.IMAGE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "imagerepositories",
        shortNames = {"imgrepo", "imagerepo"},
        categories = "fluxcd-images",
        columns = {
            @Column(name = "Image", path = ".spec.image"),
            @Column(name = "Tags", path = ".status.lastScanResult.tagCount"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE),
            @Column(name = "Last scan", path = ".status.lastScanResult.scanTime", priority = 1),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        })
public record ImageRepository(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which repository, and how to get in.", optional = true) Spec spec,
        @Field("What was seen.") @Nullable Status status)
        implements FluxObject {

    /** What an ImageRepository asks for. */
    public record Spec(
            @Field("The image's name, without tag.") String image,
            @Field("How often to look for tags.") GoDuration interval,
            @Field(
                            value = "How long looking may take. The interval where it is not set.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS)
                    @Nullable GoDuration timeout,
            @Field("A Secret of type kubernetes.io/dockerconfigjson with the credentials.")
                    @Nullable LocalReference secretRef,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust.")
                    @Nullable LocalReference certSecretRef,
            @Field("A Secret with the proxy to go through: address, username, password.")
                    @Nullable LocalReference proxySecretRef,
            @Field(
                            value =
                                    "The ServiceAccount whose image pull secrets or cloud identity are used.",
                            max = 253)
                    @Nullable String serviceAccountName,
            @Field(
                            value =
                                    "Whose identity is used where there is no Secret. generic uses none.",
                            allowed = {"generic", "aws", "azure", "gcp"},
                            def = "generic")
                    String provider,
            @Field("True allows a registry without TLS.") boolean insecure,
            @Field("Which namespaces may refer to this object.") @Nullable AccessFrom accessFrom,
            @Field(
                            value = "Regular expressions of tags to leave out.",
                            max = 25,
                            def = "[\"^.*\\\\.sig$\"]")
                    @JsonInclude
                    List<String> exclusionList,
            @Field("True stops looking for tags.") boolean suspend) {

        public Spec {
            provider = Absent.value(provider, "generic");
            exclusionList =
                    exclusionList == null ? List.of("^.*\\.sig$") : List.copyOf(exclusionList);
        }
    }

    /** What is known about an ImageRepository. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("The image's full name, with its registry.") @Nullable String canonicalImageName,
            @Field("What was seen last.") @Nullable ScanResult lastScanResult,
            @Field("The expressions that were used.") List<String> observedExclusionList) {

        public Status {
            conditions = Absent.list(conditions);
            observedExclusionList = Absent.list(observedExclusionList);
        }
    }

    /** The tags that were seen. */
    public record ScanResult(
            @Field("A digest of all tags.") @Nullable String revision,
            @Field(value = "How many tags there are.", required = true) int tagCount,
            @Field("When they were seen.") @Nullable Timestamp scanTime,
            @Field("Some of them, the latest first.") List<String> latestTags) {

        public ScanResult {
            latestTags = Absent.list(latestTags);
        }
    }
}
