package dev.sluice.remotes;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Fetches one commit into memory, without credentials and without following redirects. */
final class GitFetch {

    private static final String KEPT = "refs/fetched";
    private static final int MOST_OBJECTS = 200_000;

    private final GitAddress address;
    private final int seconds;

    /**
     * @param seconds how long a read from the remote may take
     */
    GitFetch(GitAddress address, int seconds) {
        this.address = address;
        this.seconds = seconds;
    }

    GitTree run() throws IOException {
        Repository repository = new InMemoryRepository(new DfsRepositoryDescription("remote"));
        StoredConfig config = repository.getConfig();
        config.setString("http", null, "followRedirects", "false");
        try (Transport transport = transport(repository)) {
            transport.setTimeout(seconds);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            transport.setCredentialsProvider(new NoCredentials());
            String wanted = wanted(transport);
            transport.fetch(new Bounded(), List.of(new RefSpec("+" + wanted + ":" + KEPT)));
        }
        ObjectId id = repository.resolve(KEPT);
        if (id == null) {
            throw new IOException("the repository has no " + address.ref());
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return new GitTree(repository, walk.parseCommit(id).getTree().getId());
        }
    }

    private Transport transport(Repository repository) throws IOException {
        try {
            URIish remote = new URIish(address.repository().toString());
            Transport transport = Transport.open(repository, remote);
            if (!(transport instanceof TransportHttp)) {
                transport.close();
                throw new IOException("only https is fetched");
            }
            return transport;
        } catch (java.net.URISyntaxException e) {
            throw new IOException("no URL", e);
        }
    }

    /** What to ask for: a branch, a tag, a commit, or what HEAD is. */
    private String wanted(Transport transport) throws IOException {
        String ref = address.ref();
        try (FetchConnection connection = transport.openFetch()) {
            Collection<Ref> refs = connection.getRefs();
            for (String candidate : List.of("refs/heads/" + ref, "refs/tags/" + ref, ref)) {
                if (!ref.isEmpty()
                        && refs.stream().anyMatch(each -> each.getName().equals(candidate))) {
                    return candidate;
                }
            }
        }
        if (ref.isEmpty()) {
            return "HEAD";
        }
        if (ObjectId.isId(ref)) {
            return ref;
        }
        throw new IOException("the repository has no branch or tag " + ref);
    }

    /** Refuses what is larger than any repository that is worth a build. */
    private static final class Bounded extends EmptyProgressMonitor {

        private boolean tooLarge;

        @Override
        public void beginTask(String title, int total) {
            tooLarge |= total > MOST_OBJECTS;
        }

        @Override
        public boolean isCancelled() {
            return tooLarge || Thread.currentThread().isInterrupted();
        }
    }

    /** Whoever asks for a password gets none. */
    private static final class NoCredentials extends CredentialsProvider {

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean supports(CredentialItem... items) {
            return false;
        }

        @Override
        public boolean get(@Nullable URIish uri, CredentialItem... items)
                throws UnsupportedCredentialItem {
            return false;
        }
    }
}
