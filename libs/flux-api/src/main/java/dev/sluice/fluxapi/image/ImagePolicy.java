package dev.sluice.fluxapi.image;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of an image's tags is the latest. */
@Kind(
        value =
                "Says which of an image's tags is the latest. Served so that repositories apply; nothing acts on it.",
        group = Groups.IMAGE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "imagepolicies",
        shortNames = {"imgpol", "imagepol"},
        categories = "fluxcd-images",
        columns = {
            @Column(name = "Image", path = ".status.latestRef.name"),
            @Column(name = "Tag", path = ".status.latestRef.tag"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        })
public record ImagePolicy(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "How the latest tag is found.", optional = true) Spec spec,
        @Field("The latest tag.") @Nullable Status status)
        implements FluxObject {

    /** What an ImagePolicy asks for. */
    @Rule(
            value =
                    "!has(self.interval) || (has(self.digestReflectionPolicy) && self.digestReflectionPolicy == 'Always')",
            message =
                    "spec.interval is only accepted when spec.digestReflectionPolicy is set to 'Always'")
    @Rule(
            value =
                    "has(self.interval) || !has(self.digestReflectionPolicy) || self.digestReflectionPolicy != 'Always'",
            message =
                    "spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'")
    public record Spec(
            @Field("The ImageRepository that has the tags.") RepositoryReference imageRepositoryRef,
            @Field("How tags are ordered. Exactly one of its fields is set.") Policy policy,
            @Field("Which tags are looked at.") @Nullable TagFilter filterTags,
            @Field(
                            value = "When the digest of the latest tag is looked up.",
                            allowed = {"Always", "IfNotPresent", "Never"},
                            def = "Never")
                    String digestReflectionPolicy,
            @Field("How often the digest is looked up, with Always.") @Nullable GoDuration interval,
            @Field("True stops looking.") boolean suspend) {

        public Spec {
            digestReflectionPolicy = Absent.value(digestReflectionPolicy, "Never");
        }
    }

    /** An ImageRepository. */
    public record RepositoryReference(
            @Field("Its name.") String name,
            @Field("Its namespace. That of the policy where none is named.")
                    @Nullable String namespace) {}

    /** How tags are ordered. */
    public record Policy(
            @Field("As versions.") @Nullable SemVer semver,
            @Field("As words.") @Nullable Order alphabetical,
            @Field("As numbers.") @Nullable Order numerical) {}

    /** Versions. */
    public record SemVer(@Field("The range that the latest version must be in.") String range) {}

    /** An order. */
    public record Order(
            @Field(
                            value = "asc takes the last, desc the first.",
                            allowed = {"asc", "desc"},
                            def = "asc")
                    String order) {

        public Order {
            order = Absent.value(order, "asc");
        }
    }

    /** Which tags are looked at, and as what. */
    public record TagFilter(
            @Field("A regular expression that tags must match.") @Nullable String pattern,
            @Field("What of the match is ordered, with groups as $1.") @Nullable String extract) {}

    /** What is known about an ImagePolicy. */
    @Legacy(value = "latestImage", description = "Out of date: latestRef says it better.")
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("The latest image.") @Nullable ImageReference latestRef,
            @Field("The one before.") @Nullable ImageReference observedPreviousRef) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
