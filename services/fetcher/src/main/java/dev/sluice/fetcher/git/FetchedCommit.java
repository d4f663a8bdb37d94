package dev.sluice.fetcher.git;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** A commit in a kept repository, with everything below it. Closing lets go of the repository. */
public final class FetchedCommit implements AutoCloseable {

    private static final int MAX_TAG_BYTES = 1 << 20;

    private final Repository repository;
    private final RevCommit commit;

    FetchedCommit(Repository repository, RevCommit commit) {
        this.repository = repository;
        this.commit = commit;
    }

    Repository repository() {
        return repository;
    }

    RevCommit commit() {
        return commit;
    }

    /** 40 hex digits. */
    public String sha() {
        return commit.name();
    }

    /** The commit as Git stores it. */
    public byte[] raw() {
        return commit.getRawBuffer();
    }

    /**
     * The annotated tag that led to the commit, as Git stores it; empty for a tag that only points.
     */
    public Optional<byte[]> rawTag(Wanted wanted) throws IOException {
        String ref = wanted.ref();
        Ref kept = ref == null ? null : repository.exactRef(GitClient.kept(ref));
        if (kept == null) {
            return Optional.empty();
        }
        ObjectLoader loader = repository.open(kept.getObjectId());
        return loader.getType() == Constants.OBJ_TAG
                ? Optional.of(loader.getCachedBytes(MAX_TAG_BYTES))
                : Optional.empty();
    }

    /** {@code Name <mail>}. */
    public String author() {
        PersonIdent author = commit.getAuthorIdent();
        return author.getName() + " <" + author.getEmailAddress() + ">";
    }

    public Instant time() {
        return commit.getAuthorIdent().getWhenAsInstant();
    }

    /** The first line of the message. */
    public String title() {
        return commit.getFullMessage().lines().findFirst().orElse("");
    }

    /** The value of a trailer such as {@code Signed-off-by}; of several the last. */
    public Optional<String> trailer(String name) {
        List<String> values = commit.getFooterLines(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast().strip());
    }

    @Override
    public void close() {
        repository.close();
    }
}
