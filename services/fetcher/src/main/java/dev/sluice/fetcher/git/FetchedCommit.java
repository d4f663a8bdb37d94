package dev.sluice.fetcher.git;

import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** A commit in a kept repository, with everything below it. Closing lets go of the repository. */
public final class FetchedCommit implements AutoCloseable {

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

    @Override
    public void close() {
        repository.close();
    }
}
