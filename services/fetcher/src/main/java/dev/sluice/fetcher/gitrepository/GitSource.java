package dev.sluice.fetcher.gitrepository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.Commit;
import dev.sluice.fetcher.git.Checkout;
import dev.sluice.fetcher.git.FetchedCommit;
import dev.sluice.fetcher.git.GitClient;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.git.GitRef;
import dev.sluice.fetcher.git.GitRemote;
import dev.sluice.fetcher.git.Submodules;
import dev.sluice.fetcher.git.Wanted;
import dev.sluice.fetcher.gitrepository.SignatureCheck.Verified;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fetcher.tree.WorkTree;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.source.GitRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at a Git repository and stores what is wanted of it as an artifact. */
public final class GitSource implements SourceType<GitRepository> {

    private static final SourceKind<GitRepository> KIND = SourceKind.of(GitRepository.class);

    /** Trailer of a commit that may not wait for a maintenance window. */
    private static final String URGENT = "Sluice-Urgent";

    private static final int TITLE_LENGTH = 200;
    private static final int EVENT_TITLE_LENGTH = 50;

    private final GitClient client;
    private final GitSecrets secrets;
    private final SignatureCheck signatures;
    private final Includes includes;
    private final SharedPolls polls;
    private final PushHints hints;
    private final ArtifactStore store;
    private final SourceLimits limits;
    private final ClearSecrets clearSecrets;

    /**
     * @param table has the artifacts that others include
     * @param pushes how pushes are heard of
     * @param clock tells which keys of signatures have expired
     */
    public GitSource(
            GitClient client,
            SourceSecrets secrets,
            SourceTable table,
            ArtifactStore store,
            Policy policy,
            Pushes pushes,
            Clock clock) {
        this.client = client;
        this.secrets = new GitSecrets(secrets, pushes.web(), clock);
        this.polls = new SharedPolls(client, pushes.wake());
        this.hints = pushes.hints();
        this.signatures = new SignatureCheck(secrets, clock);
        this.includes = new Includes(table, store);
        this.store = store;
        this.limits = policy.limits();
        this.clearSecrets = policy.clearSecrets();
    }

    /** What a tree must keep to. */
    public record Policy(SourceLimits limits, ClearSecrets clearSecrets) {}

    /**
     * How pushes are heard of.
     *
     * @param hints what webhooks said
     * @param wake tells a source that another one's poll found something new in its repository
     * @param web asks hosts for tokens
     */
    public record Pushes(PushHints hints, Consumer<SourceKey> wake, WebClient web) {}

    @Override
    public SourceKind<GitRepository> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(GitRepository object) {
        return object.spec().suspend();
    }

    @Override
    public Duration interval(GitRepository object) {
        return object.spec().interval().toDuration();
    }

    @Override
    public List<SourceKey> madeOf(GitRepository object) {
        return object.spec().include().stream()
                .map(include ->
                        KIND.key(object.metadata().namespace(), include.repository().name()))
                .toList();
    }

    @Override
    public Outcome look(Source<GitRepository> source) throws InterruptedException {
        GitRepository object = source.object();
        boolean there = isStored(source);
        try {
            GitRemote remote = remote(object);
            List<Artifact> included = includes.artifacts(object);
            Optional<Outcome> told = told(source, remote, included);
            if (told.isPresent()) {
                return told.get();
            }
            Wanted wanted = polls.refs(source, remote).find(GitRef.of(object.spec().ref()));
            Optional<Verified> verified = signatures.known(object);
            boolean trusted = object.spec().verify() == null || verified.isPresent();
            if (there && trusted && isSame(object, wanted, included)) {
                return new Outcome.Unchanged(
                        report(object, wanted.revision(), included, verified.orElse(null)));
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
            return e.outcome(!there);
        } catch (ArtifactRefusedException | IOException e) {
            return SourceException.notStored(e).outcome(!there);
        }
    }

    private GitRemote remote(GitRepository object) throws GitFailure, InterruptedException {
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
            return store(object, remote, wanted, commit, included);
        }
    }

    /** Goes straight to the commit that a webhook named, if the remote has it where it said. */
    private Optional<Outcome> told(
            Source<GitRepository> source, GitRemote remote, List<Artifact> included)
            throws GitFailure,
                    SourceException,
                    ArtifactRefusedException,
                    IOException,
                    InterruptedException {
        Optional<PushHints.Hint> hint = hints.take(source.key());
        if (hint.isEmpty()
                || !(GitRef.of(source.object().spec().ref()) instanceof GitRef.Branch branch)
                || !hint.get().ref().equals("refs/heads/" + branch.name())) {
            return Optional.empty();
        }
        Wanted wanted = Wanted.tip(hint.get().ref(), hint.get().commit(), branch.name());
        if (isSame(source.object(), wanted, included)) {
            return Optional.empty();
        }
        Optional<FetchedCommit> fetched = client.fetchTip(remote, wanted);
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        try (FetchedCommit commit = fetched.get()) {
            return Optional.of(store(source.object(), remote, wanted, commit, included));
        }
    }

    private Outcome store(
            GitRepository object,
            GitRemote remote,
            Wanted wanted,
            FetchedCommit commit,
            List<Artifact> included)
            throws GitFailure,
                    SourceException,
                    ArtifactRefusedException,
                    IOException,
                    InterruptedException {
        ArtifactLimits allowed = limits.of(object.metadata().namespace());
        try (Submodules submodules = new Submodules(client, allowed)) {
            Verified verified = signatures.check(object, wanted, commit);
            WorkTree tree = Checkout.of(commit, object.spec().sparseCheckout(), allowed);
            if (object.spec().recurseSubmodules()) {
                submodules.add(tree, commit, remote);
            }
            includes.copy(object, included, tree);
            ArtifactBuilder collected = tree.collect(object.spec().ignore(), allowed);
            clearSecrets.check(collected);
            ArtifactManifest artifact = store.save(collected);
            String revision = wanted.revision();
            return new Outcome.Stored(
                    new Outcome.NewArtifact(revision, file(revision), artifact, Map.of()),
                    report(object, revision, included, verified),
                    Outcome.Event.newArtifact(
                            "stored artifact for commit '"
                                    + cut(commit.title(), EVENT_TITLE_LENGTH, "...")
                                    + "'"),
                    commit(commit));
        }
    }

    private static String file(String revision) {
        return revision.substring(revision.lastIndexOf(':') + 1) + ".tar.gz";
    }

    private static Outcome.Report report(
            GitRepository object,
            String revision,
            List<Artifact> included,
            @Nullable Verified verified) {
        GitRepository.Spec spec = object.spec();
        ObjectNode observed =
                FluxJson.write(
                        new GitRepository.Status(
                                null,
                                null,
                                List.of(),
                                null,
                                included,
                                spec.ignore(),
                                spec.recurseSubmodules(),
                                spec.include(),
                                spec.sparseCheckout(),
                                verified == null ? null : verified.mode()));
        return Outcome.Report.succeeded(
                "stored artifact for revision '" + revision + "'",
                verified == null ? null : new Outcome.Verified(verified.message()),
                observed);
    }

    private boolean isStored(Source<GitRepository> source) {
        Artifact artifact = source.artifact();
        return artifact != null && store.isThere(artifact.digest());
    }

    /**
     * Whether the artifact was made of this very revision, these included artifacts, and with this
     * spec.
     */
    private static boolean isSame(GitRepository object, Wanted wanted, List<Artifact> included) {
        GitRepository.Status status = object.status();
        Artifact artifact = status == null ? null : status.artifact();
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

    private static Commit commit(FetchedCommit commit) {
        return new Commit(
                commit.sha(),
                commit.author(),
                commit.time(),
                cut(commit.title(), TITLE_LENGTH, ""),
                commit.trailer(URGENT).map(why -> cut(why, TITLE_LENGTH, "")).orElse(null));
    }

    private static String cut(String text, int length, String mark) {
        return text.length() > length ? text.substring(0, length) + mark : text;
    }
}
