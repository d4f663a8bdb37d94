package dev.sluice.fetcher.git;

import dev.sluice.fetcher.http.HostGate;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/**
 * Asks remotes what they have and fetches from them. Safe for use by many threads; every call
 * blocks, and ends within the remote's timeout.
 */
public final class GitClient {

    private static final String KEPT = "refs/sluice/";

    private final GitHome home;
    private final HostGate gate;
    private final RefsMemory memory;

    /**
     * @param directory where fetched repositories are kept
     * @param gate bounds what goes on with each host
     * @param clock tells how old answers are
     */
    public GitClient(Path directory, HostGate gate, Clock clock) throws IOException {
        NoMachineConfig.install();
        this.home = new GitHome(directory);
        this.gate = gate;
        this.memory = new RefsMemory(clock);
    }

    /** What the remote has now. */
    public RemoteRefs lsRemote(GitRemote remote) throws GitFailure, InterruptedException {
        return within(remote, "list the references", () -> list(remote));
    }

    /**
     * What the remote has; several who ask of one repository at a time ask once.
     *
     * @param age how old the answer may be; zero for one to a question that is put from now on
     */
    public RefsMemory.Answer lsRemote(GitRemote remote, Duration age)
            throws GitFailure, InterruptedException {
        return memory.ask(remote, age, () -> lsRemote(remote));
    }

    /**
     * Fetches a branch without asking for its tip first.
     *
     * @param wanted a reference, and the commit that it is said to be at
     * @return the commit in the kept repository, to be closed; empty if the reference is elsewhere
     */
    public Optional<FetchedCommit> fetchTip(GitRemote remote, Wanted wanted)
            throws GitFailure, InterruptedException {
        return within(
                remote, "fetch", () -> fetchInto(home.path(remote, false), remote, wanted, true));
    }

    /**
     * Fetches what is wanted, if it isn't there yet.
     *
     * @return the commit in the kept repository; to be closed
     */
    public FetchedCommit fetch(GitRemote remote, Wanted wanted)
            throws GitFailure, InterruptedException {
        return within(
                        remote,
                        "fetch",
                        () ->
                                fetchInto(
                                        home.path(remote, wanted.wholeHistory()),
                                        remote,
                                        wanted,
                                        false))
                .orElseThrow();
    }

    private <T> T within(GitRemote remote, String what, HostGate.Operation<T, GitFailure> operation)
            throws GitFailure, InterruptedException {
        try {
            return gate.within(remote.host(), remote.timeout(), GitFailure.class, operation);
        } catch (IOException e) {
            throw new GitFailure(
                    GitFailure.Reason.GIT_OPERATION_FAILED,
                    "unable to %s of '%s': %s".formatted(what, remote.url(), told(e)),
                    e);
        }
    }

    /** What went wrong, with the causes that say more. */
    private static String told(Throwable problem) {
        StringBuilder text = new StringBuilder(String.valueOf(problem.getMessage()));
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            String more = cause.getMessage();
            if (more != null && text.indexOf(more) < 0) {
                text.append(": ").append(more);
            }
        }
        return text.toString();
    }

    private RemoteRefs list(GitRemote remote) throws IOException, GitFailure {
        Path path = home.path(remote, false);
        try (Repository repository = open(path, remote);
                Transport transport = transport(repository, remote);
                FetchConnection connection = transport.openFetch()) {
            return refs(connection.getRefsMap());
        }
    }

    private static RemoteRefs refs(Map<String, Ref> advertised) {
        Map<String, String> commits = new HashMap<>();
        advertised.forEach((name, ref) -> {
            ObjectId peeled = ref.getPeeledObjectId();
            ObjectId id = peeled == null ? ref.getObjectId() : peeled;
            if (id != null && name.startsWith("refs/")) {
                commits.put(name, id.name());
            }
        });
        return new RemoteRefs(commits);
    }

    private Repository open(Path path, GitRemote remote) throws IOException {
        ReentrantLock lock = home.lock(path);
        lock.lock();
        try {
            return home.open(path, remote);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param tip whether the remote is asked in any case, and may have moved on
     */
    private Optional<FetchedCommit> fetchInto(
            Path path, GitRemote remote, Wanted wanted, boolean tip)
            throws IOException, GitFailure, InterruptedException {
        Repository repository = open(path, remote);
        Optional<FetchedCommit> fetched = Optional.empty();
        try {
            ReentrantLock lock = home.lock(path);
            lock.lockInterruptibly();
            try {
                if (tip || !has(repository, wanted)) {
                    transfer(repository, remote, wanted);
                }
                if (tip && !has(repository, wanted)) {
                    return Optional.empty();
                }
            } finally {
                lock.unlock();
            }
            fetched = Optional.of(new FetchedCommit(repository, commit(repository, wanted)));
            return fetched;
        } finally {
            if (fetched.isEmpty()) {
                repository.close();
            }
        }
    }

    /**
     * With a shallow repository a commit is there with its tree or not at all. A history is looked
     * at by its tip, which must be fetched to be sure.
     */
    private static boolean has(Repository repository, Wanted wanted) throws IOException {
        if (wanted.wholeHistory() || wanted.ref() == null) {
            return false;
        }
        Ref kept = repository.exactRef(kept(wanted.ref()));
        return kept != null && ObjectId.fromString(wanted.commit()).equals(kept.getObjectId());
    }

    private void transfer(Repository repository, GitRemote remote, Wanted wanted)
            throws IOException, GitFailure {
        try (Transport transport = transport(repository, remote)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (!wanted.wholeHistory()) {
                transport.setDepth(1);
            }
            List<RefSpec> specs = new ArrayList<>();
            String ref = wanted.ref();
            if (ref == null) {
                specs.add(new RefSpec("+refs/heads/*:" + KEPT + "heads/*"));
                specs.add(new RefSpec("+refs/tags/*:" + KEPT + "tags/*"));
            } else {
                specs.add(new RefSpec("+" + ref + ":" + kept(ref)));
            }
            transport.fetch(NullProgressMonitor.INSTANCE, specs);
        }
    }

    static String kept(String ref) {
        return KEPT + ref.substring("refs/".length());
    }

    private static RevCommit commit(Repository repository, Wanted wanted)
            throws IOException, GitFailure {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = ObjectId.fromString(wanted.commit());
            if (!repository.getObjectDatabase().has(id)) {
                throw GitFailure.operation("the repository has no commit " + wanted.commit());
            }
            RevCommit commit = walk.parseCommit(id);
            if (wanted.wholeHistory() && wanted.ref() != null) {
                Ref tip = repository.exactRef(kept(wanted.ref()));
                if (tip == null
                        || !walk.isMergedInto(commit, walk.parseCommit(tip.getObjectId()))) {
                    throw GitFailure.operation(
                            "commit %s is not on '%s'".formatted(wanted.commit(), wanted.ref()));
                }
            }
            walk.parseBody(commit);
            return commit;
        }
    }

    private Transport transport(Repository repository, GitRemote remote)
            throws IOException, GitFailure {
        Transport transport = openTransport(repository, remote);
        transport.setTimeout((int) Math.max(1, seconds(remote.timeout())));
        switch (transport) {
            case TransportHttp http -> http.setHttpConnectionFactory(new HttpConnections(remote));
            case SshTransport ssh ->
                    ssh.setSshSessionFactory(SshSessions.forRemote(remote, home.emptyDirectory()));
            default -> throw new TransportException("not a transport of http, https or ssh");
        }
        return transport;
    }

    private static Transport openTransport(Repository repository, GitRemote remote)
            throws IOException {
        try {
            return Transport.open(repository, new URIish(remote.url().toString()));
        } catch (URISyntaxException e) {
            throw new TransportException("not an address: " + e.getReason(), e);
        }
    }

    private static long seconds(Duration timeout) {
        return Math.min(timeout.toSeconds(), Integer.MAX_VALUE / 1000);
    }
}
