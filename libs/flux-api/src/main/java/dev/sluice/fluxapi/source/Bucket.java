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
import dev.sluice.fluxapi.schema.Patterns;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket of an S3-compatible store, of Google Cloud Storage or of Azure Blob Storage. */
@Kind(
        value =
                "A bucket of an S3-compatible store, of Google Cloud Storage or of Azure Blob Storage, fetched when it changes.",
        group = Groups.SOURCE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "buckets",
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "Endpoint", path = ".spec.endpoint"),
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record Bucket(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Where the bucket is and how to get in.", optional = true) Spec spec,
        @Field("What was fetched.") @Nullable Status status)
        implements FluxObject {

    /** What a Bucket asks for. */
    @Rule(
            value = "self.provider == 'aws' || self.provider == 'generic' || !has(self.sts)",
            message =
                    "STS configuration is only supported for the 'aws' and 'generic' Bucket providers")
    @Rule(
            value = "self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'",
            message = "'aws' is the only supported STS provider for the 'aws' Bucket provider")
    @Rule(
            value = "self.provider != 'generic' || !has(self.sts) || self.sts.provider == 'ldap'",
            message = "'ldap' is the only supported STS provider for the 'generic' Bucket provider")
    @Rule(
            value = "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.secretRef)",
            message = "spec.sts.secretRef is not required for the 'aws' STS provider")
    @Rule(
            value = "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.certSecretRef)",
            message = "spec.sts.certSecretRef is not required for the 'aws' STS provider")
    @Rule(
            value = "self.provider != 'generic' || !has(self.serviceAccountName)",
            message = "ServiceAccountName is not supported for the 'generic' Bucket provider")
    @Rule(
            value = "!has(self.secretRef) || !has(self.serviceAccountName)",
            message = "cannot set both .spec.secretRef and .spec.serviceAccountName")
    @Legacy(
            value = "accessFrom",
            type = Legacy.Shape.OBJECT,
            description = "Who may refer to this object. Never evaluated.")
    public record Spec(
            @Field(
                            value = "Whose store it is. generic is any that speaks S3.",
                            allowed = {"generic", "aws", "gcp", "azure"},
                            def = "generic")
                    String provider,
            @Field("The name of the bucket or container.") String bucketName,
            @Field("The host, with its port if need be, or the address for azure.") String endpoint,
            @Field("How short-lived credentials are obtained.") @Nullable TokenService sts,
            @Field("True allows HTTP without TLS.") boolean insecure,
            @Field("The region of the bucket.") @Nullable String region,
            @Field("Only objects whose key starts with this are fetched.") @Nullable String prefix,
            @Field(
                            "A Secret with the credentials: accesskey and secretkey, or those of gcp or azure.")
                    @Nullable LocalReference secretRef,
            @Field("The ServiceAccount whose cloud identity is used.")
                    @Nullable String serviceAccountName,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust.")
                    @Nullable LocalReference certSecretRef,
            @Field("A Secret with the proxy to go through: address, username, password.")
                    @Nullable LocalReference proxySecretRef,
            @Field("How often to look for changes.") GoDuration interval,
            @Field(
                            value = "How long fetching may take.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS,
                            def = "60s")
                    GoDuration timeout,
            @Field(
                            "Patterns, as in .gitignore, of files to leave out. They come after those of the .sourceignore file in the root.")
                    @Nullable String ignore,
            @Field("True stops looking for changes. The artifact stays.") boolean suspend) {

        public Spec {
            provider = Absent.value(provider, "generic");
            timeout = Absent.value(timeout, GoDuration.ofSeconds(60));
        }
    }

    /** A service that gives out short-lived credentials. */
    public record TokenService(
            @Field(
                            value = "How the service is spoken to.",
                            allowed = {"aws", "ldap"})
                    String provider,
            @Field(value = "Its address.", pattern = "^(http|https)://.*$") String endpoint,
            @Field("A Secret with username and password, for ldap.")
                    @Nullable LocalReference secretRef,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust, for ldap.")
                    @Nullable LocalReference certSecretRef) {}

    /** What is known about a Bucket. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("Where the latest artifact can be downloaded.") @Nullable String url,
            @Field("What was fetched last.") @Nullable Artifact artifact,
            @Field("The ignore patterns that the artifact was made with.")
                    @Nullable String observedIgnore) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
