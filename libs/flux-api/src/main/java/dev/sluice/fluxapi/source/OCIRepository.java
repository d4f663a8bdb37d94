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
import dev.sluice.fluxapi.schema.Patterns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An OCI artifact at a tag, version or digest. */
@Kind(
        value =
                "An OCI artifact in a registry at a tag, version or digest, fetched when it changes.",
        group = Groups.SOURCE,
        version = "v1",
        legacyVersions = {"v1beta2"},
        plural = "ocirepositories",
        shortNames = {"ocirepo"},
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "URL", path = ".spec.url"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        })
public record OCIRepository(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Where the artifact is and which version of it is wanted.", optional = true)
                Spec spec,
        @Field("What was fetched.") @Nullable Status status)
        implements FluxObject {

    /** What an OCIRepository asks for. */
    public record Spec(
            @Field(value = "The address of the repository, without a tag.", pattern = "^oci://.*$")
                    String url,
            @Field("Which version to fetch; the tag latest where it is not set.")
                    @Nullable Reference ref,
            @Field("Which layer to take, and how. The first is unpacked where it is not set.")
                    @Nullable LayerSelector layerSelector,
            @Field(
                            value =
                                    "Whose identity is used where there is no Secret. generic uses none.",
                            allowed = {"generic", "aws", "azure", "gcp"},
                            def = "generic")
                    String provider,
            @Field("A Secret of type kubernetes.io/dockerconfigjson with the credentials.")
                    @Nullable LocalReference secretRef,
            @Field("How the artifact's signature is checked.") @Nullable Verification verify,
            @Field("The ServiceAccount whose image pull secrets or cloud identity are used.")
                    @Nullable String serviceAccountName,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust.")
                    @Nullable LocalReference certSecretRef,
            @Field("A Secret with the proxy to go through: address, username, password.")
                    @Nullable LocalReference proxySecretRef,
            @Field("How often to look for a new version.") GoDuration interval,
            @Field(
                            value = "How long fetching may take.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS,
                            def = "60s")
                    GoDuration timeout,
            @Field(
                            "Patterns, as in .gitignore, of files to leave out. They come after those of the .sourceignore files.")
                    @Nullable String ignore,
            @Field("True allows a registry without TLS or with a certificate that is not trusted.")
                    boolean insecure,
            @Field("True stops looking for versions. The artifact stays.") boolean suspend) {

        public Spec {
            provider = Absent.value(provider, "generic");
            timeout = Absent.value(timeout, GoDuration.ofSeconds(60));
        }
    }

    /** Which version to fetch. Where several are set digest wins, then semver, then tag. */
    public record Reference(
            @Field("The digest of the manifest.") @Nullable String digest,
            @Field("A range of versions; the tag with the highest one in it is taken.")
                    @Nullable String semver,
            @Field("A regular expression; only tags that match it are looked at as versions.")
                    @Nullable String semverFilter,
            @Field("A tag; latest where nothing else is set.") @Nullable String tag) {}

    /** Which layer to take. */
    public record LayerSelector(
            @Field("The media type of the layer. The first layer with it is taken.")
                    @Nullable String mediaType,
            @Field(
                            value =
                                    "extract (the default) unpacks the layer, copy stores it as it is.",
                            allowed = {"extract", "copy"})
                    @Nullable String operation) {}

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
                    List<SignerIdentity> matchOIDCIdentity,
            @Field(
                            "A Secret with trusted_root.json, where the signatures come from a private Sigstore.")
                    @Nullable LocalReference trustedRootSecretRef) {

        public Verification {
            provider = Absent.value(provider, "cosign");
            matchOIDCIdentity = Absent.list(matchOIDCIdentity);
        }
    }

    /** An identity that may sign: both expressions must match. */
    public record SignerIdentity(
            @Field("A regular expression for who vouches for the identity.") String issuer,
            @Field("A regular expression for the identity.") String subject) {}

    /** What is known about an OCIRepository. */
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
                    @Nullable String observedIgnore,
            @Field("The layer selector that the artifact was made with.")
                    @Nullable LayerSelector observedLayerSelector) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
