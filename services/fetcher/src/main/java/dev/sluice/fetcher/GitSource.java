package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.Commit;
import dev.sluice.fetcher.git.Checkout;
import dev.sluice.fetcher.git.FetchedCommit;
import dev.sluice.fetcher.git.GitClient;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.git.GitRef;
import dev.sluice.fetcher.git.GitRemote;
import dev.sluice.fetcher.git.Wanted;
import dev.sluice.fetcher.git.WorkTree;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.source.GitRepository;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a Git repository and stores what is wanted of it as an artifact. Says what came of it;
 * writes neither status nor events.
 */
final class GitSource {

    private static final int TITLE_LENGTH = 200;

    private final GitClient client;
    private final SourceSecrets secrets;
    private final SignatureCheck signatures;
    private final Includes includes;
    private final ArtifactStore store;
    private final ArtifactLimits limits;

    GitSource(
            GitClient client,
            SourceSecrets secrets,
            SignatureCheck signatures,
            Includes includes,
            ArtifactStore store,
            ArtifactLimits limits) {
        this.client = client;
        this.secrets = secrets;
        this.signatures = signatures;
        this.includes = includes;
        this.store = store;
        this.limits = limits;
    }

    Outcome look(GitRepository object) throws InterruptedException {
        boolean there = isStored(object);
        try {
            GitRemote remote = remote(object);
            Wanted wanted = client.lsRemote(remote).find(GitRef.of(object.spec().ref()));
            List<Artifact> included = includes.artifacts(object);
            Optional<Outcome.Verified> verified = signatures.known(object);
            boolean trusted = object.spec().verify() == null || verified.isPresent();
            if (there && trusted && isSame(object, wanted, included)) {
                return new Outcome.Unchanged(verified.orElse(null));
            }
            return build(object, remote, wanted, included);
        } catch (GitFailure e) {
            return new Outcome.Failed(
                    ConditionTypes.FETCH_FAILED,
                    e.reason().word(),
                    e.getMessage(),
                    e.isFinal(),
                    !there);
        } catch (SourceException e) {
            return new Outcome.Failed(
                    e.condition(), e.reason(), e.getMessage(), e.isFinal(), !there);
        } catch (ArtifactRefusedException | IOException e) {
            String message = "unable to store the artifact: " + e.getMessage();
            return new Outcome.Failed(
                    ConditionTypes.STORAGE_OPERATION_FAILED,
                    "ArchiveOperationFailed",
                    message,
                    false,
                    !there);
        }
    }

    private GitRemote remote(GitRepository object) throws GitFailure {
        if (object.spec().recurseSubmodules()) {
            throw GitFailure.unsupported("spec.recurseSubmodules is not supported");
        }
        return GitRemote.of(
                object.spec().url(),
                secrets.credentials(object),
                secrets.proxy(object),
                object.spec().timeout().toDuration());
    }

    private Outcome build(
            GitRepository object, GitRemote remote, Wanted wanted, List<Artifact> included)
            throws GitFailure,
                    SourceException,
                    ArtifactRefusedException,
                    IOException,
                    InterruptedException {
        try (FetchedCommit commit = client.fetch(remote, wanted)) {
            Outcome.Verified verified = signatures.check(object, wanted, commit);
            WorkTree tree = Checkout.of(commit, object.spec().sparseCheckout(), limits);
            includes.copy(object, included, tree);
            ArtifactManifest artifact = store.save(tree.collect(object.spec().ignore(), limits));
            return new Outcome.Stored(
                    wanted.revision(), artifact, commit(commit), included, verified);
        }
    }

    private boolean isStored(GitRepository object) {
        Artifact artifact = artifact(object);
        if (artifact == null) {
            return false;
        }
        try {
            return store.has(new Digest(artifact.digest()));
        } catch (IOException | IllegalArgumentException e) {
            // What can't be looked at is made again.
            return false;
        }
    }

    /**
     * Whether the artifact was made of this very revision, these included artifacts, and with this
     * spec.
     */
    private static boolean isSame(GitRepository object, Wanted wanted, List<Artifact> included) {
        GitRepository.Status status = object.status();
        Artifact artifact = artifact(object);
        if (status == null || artifact == null) {
            return false;
        }
        GitRepository.Spec spec = object.spec();
        return artifact.revision().equals(wanted.revision())
                && digests(status.includedArtifacts()).equals(digests(included))
                && Objects.equals(status.observedIgnore(), spec.ignore())
                && status.observedInclude().equals(spec.include())
                && status.observedSparseCheckout().equals(spec.sparseCheckout())
                && status.observedRecurseSubmodules() == spec.recurseSubmodules();
    }

    private static List<String> digests(List<Artifact> artifacts) {
        return artifacts.stream().map(Artifact::digest).toList();
    }

    private static @Nullable Artifact artifact(GitRepository object) {
        return object.status() == null ? null : object.status().artifact();
    }

    private static Commit commit(FetchedCommit commit) {
        String title = commit.title();
        String cut = title.length() > TITLE_LENGTH ? title.substring(0, TITLE_LENGTH) : title;
        return new Commit(commit.sha(), commit.author(), commit.time(), cut);
    }
}
