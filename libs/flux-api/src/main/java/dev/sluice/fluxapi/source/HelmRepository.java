package dev.sluice.fluxapi.source;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.AccessFrom;
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
import dev.sluice.fluxapi.schema.Patterns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository of Helm charts: an index over HTTP, or a registry. */
@Kind(
        value =
                "A repository of Helm charts: an index that is fetched over HTTP, or the address of a registry.",
        group = Groups.SOURCE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "helmrepositories",
        shortNames = {"helmrepo"},
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "URL", path = ".spec.url"),
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record HelmRepository(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Where the repository is and how to get in.", optional = true) Spec spec,
        @Field("What was fetched.") @Nullable Status status)
        implements FluxObject {

    /** What a HelmRepository asks for. */
    public record Spec(
            @Field(
                            value =
                                    "The address of the repository: http or https of an index, oci of a registry.",
                            pattern = "^(http|https|oci)://.*$")
                    String url,
            @Field(
                            value =
                                    "default has an index, oci is a registry, which is not fetched by itself.",
                            allowed = {"default", "oci"})
                    @Nullable String type,
            @Field("How often to fetch the index; a minute where it is not set.")
                    @Nullable GoDuration interval,
            @Field(
                            value = "How long fetching may take; a minute where it is not set.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS)
                    @Nullable GoDuration timeout,
            @Field(
                            "A Secret with username and password, or of type kubernetes.io/dockerconfigjson for a registry.")
                    @Nullable LocalReference secretRef,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust.")
                    @Nullable LocalReference certSecretRef,
            @Field(
                            "True sends the credentials to other hosts too, where the index has charts there.")
                    boolean passCredentials,
            @Field(
                            value =
                                    "Whose identity is used for a registry where there is no Secret. generic uses none.",
                            allowed = {"generic", "aws", "azure", "gcp"},
                            def = "generic")
                    String provider,
            @Field("True allows a registry without TLS.") boolean insecure,
            @Field("True stops fetching the index. The artifact stays.") boolean suspend,
            @Field("Who may refer to this object. Never evaluated.")
                    @Nullable AccessFrom accessFrom) {

        public Spec {
            provider = Absent.value(provider, "generic");
        }
    }

    /** What is known about a HelmRepository. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("Where the latest artifact can be downloaded.") @Nullable String url,
            @Field("What was fetched last.") @Nullable Artifact artifact) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
