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

/** A Git repository at a branch, tag, version or commit. */
@Kind(
        value = "A Git repository at a branch, tag, version or commit, fetched when it changes.",
        group = Groups.SOURCE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "gitrepositories",
        shortNames = "gitrepo",
        categories = "fluxcd-sources",
        columns = {
            @Column(name = "URL", path = ".spec.url"),
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record GitRepository(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Where the repository is and which part of it is wanted.", optional = true)
                Spec spec,
        @Field("What was fetched.") @Nullable Status status)
        implements FluxObject {

    /** What a GitRepository asks for. */
    @Rule(
            value =
                    "!has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws'))",
            message = "serviceAccountName can only be set when provider is 'azure' or 'aws'")
    @Legacy(
            value = "gitImplementation",
            description = "Which Git library to use. There is one, so this has no effect.")
    @Legacy(
            value = "accessFrom",
            type = Legacy.Shape.OBJECT,
            description = "Who may refer to this object. Never evaluated.")
    public record Spec(
            @Field(
                            value = "The address of the repository: http, https or ssh.",
                            pattern = "^(http|https|ssh)://.*$")
                    String url,
            @Field(
                            "A Secret with credentials: username and password, bearerToken, or identity and known_hosts; ca.crt, tls.crt and tls.key for HTTPS.")
                    @Nullable LocalReference secretRef,
            @Field(
                            value =
                                    "Whose identity is used where there is no Secret. generic (the default) uses none.",
                            allowed = {"generic", "aws", "azure", "github"})
                    @Nullable String provider,
            @Field("The ServiceAccount whose cloud identity is used, with provider aws or azure.")
                    @Nullable String serviceAccountName,
            @Field("How often to look for a new commit.") GoDuration interval,
            @Field(
                            value = "How long a Git operation may take.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS,
                            def = "60s")
                    GoDuration timeout,
            @Field("What to check out; the branch master where it is not set.")
                    @Nullable Reference ref,
            @Field("Whose signature the commit or tag must have.") @Nullable Verification verify,
            @Field("A Secret with the proxy to go through: address, username, password.")
                    @Nullable LocalReference proxySecretRef,
            @Field(
                            "Patterns, as in .gitignore, of files to leave out. They come after those of the .sourceignore files.")
                    @Nullable String ignore,
            @Field("True stops looking for commits. The artifact stays.") boolean suspend,
            @Field("True fetches submodules too, with the same credentials.")
                    boolean recurseSubmodules,
            @Field("Other GitRepositories whose artifacts are copied into this one's.")
                    List<Include> include,
            @Field("The only folders to check out.") List<String> sparseCheckout) {

        public Spec {
            timeout = Absent.value(timeout, GoDuration.ofSeconds(60));
            include = Absent.list(include);
            sparseCheckout = Absent.list(sparseCheckout);
        }
    }

    /** What to check out. Where several are set commit wins, then name, semver, tag, branch. */
    public record Reference(
            @Field("A branch; master where nothing else is set.") @Nullable String branch,
            @Field("A tag.") @Nullable String tag,
            @Field("A range of versions; the tag with the highest one in it is taken.")
                    @Nullable String semver,
            @Field("A full reference such as refs/heads/main or refs/pull/7/head.")
                    @Nullable String name,
            @Field("The SHA of a commit, on the branch if one is set.") @Nullable String commit) {}

    /** What must be signed, and by whom. */
    public record Verification(
            @Field(
                            value =
                                    "What must have a signature: the commit that is checked out, the tag, or both.",
                            allowed = {"head", "HEAD", "Tag", "TagAndHEAD"},
                            def = "HEAD")
                    String mode,
            @Field("A Secret with the public keys of those who may sign.")
                    LocalReference secretRef) {

        public Verification {
            mode = Absent.value(mode, "HEAD");
        }
    }

    /** Another repository, copied into this one. */
    public record Include(
            @Field("The GitRepository to copy from.") LocalReference repository,
            @Field("The folder to copy. All where it is not set.") @Nullable String fromPath,
            @Field("The folder to copy to. The repository's name where it is not set.")
                    @Nullable String toPath) {}

    /** What is known about a GitRepository. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("What was fetched last.") @Nullable Artifact artifact,
            @Field("The artifacts of the included repositories.") List<Artifact> includedArtifacts,
            @Field("The ignore patterns that the artifact was made with.")
                    @Nullable String observedIgnore,
            @Field("Whether the artifact was made with submodules.")
                    boolean observedRecurseSubmodules,
            @Field("The includes that the artifact was made with.") List<Include> observedInclude,
            @Field("The folders that the artifact was made from.")
                    List<String> observedSparseCheckout,
            @Field("What was checked for a signature: HEAD, Tag or TagAndHEAD.")
                    @Nullable String sourceVerificationMode) {

        public Status {
            conditions = Absent.list(conditions);
            includedArtifacts = Absent.list(includedArtifacts);
            observedInclude = Absent.list(observedInclude);
            observedSparseCheckout = Absent.list(observedSparseCheckout);
        }
    }
}
