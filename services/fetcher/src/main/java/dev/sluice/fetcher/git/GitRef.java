package dev.sluice.fetcher.git;

import dev.sluice.fluxapi.source.GitRepository;
import dev.sluice.helm.version.VersionRange;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a repository is wanted. */
public sealed interface GitRef {

    /** The tip of a branch. */
    record Branch(String name) implements GitRef {}

    /** A tag. */
    record Tag(String name) implements GitRef {}

    /** The tag with the highest version in a range. */
    record Semver(String text, VersionRange range) implements GitRef {}

    /** Any reference by its full name, for example {@code refs/pull/7/head}. */
    record Name(String name) implements GitRef {}

    /**
     * One commit.
     *
     * @param sha 40 hex digits
     * @param on the full reference that it must be on; null for any branch or tag
     * @param shown what the revision has before the commit; null for nothing
     */
    record Commit(String sha, @Nullable String on, @Nullable String shown) implements GitRef {}

    /** A branch where the object names none. */
    String DEFAULT_BRANCH = "master";

    Pattern SHA = Pattern.compile("[0-9a-f]{40}");

    /**
     * Reads {@code spec.ref}: commit before name before tag before semver before branch, as Flux
     * does it (its documents have semver before tag).
     */
    static GitRef of(GitRepository.@Nullable Reference ref) throws GitFailure {
        if (ref == null) {
            return new Branch(DEFAULT_BRANCH);
        }
        String branch = text(ref.branch());
        String tag = text(ref.tag());
        String semver = text(ref.semver());
        String name = text(ref.name());
        String commit = text(ref.commit());
        if (!commit.isEmpty()) {
            return commit(commit, name, branch);
        }
        if (!name.isEmpty()) {
            return new Name(fullName(name));
        }
        if (!tag.isEmpty()) {
            return new Tag(tag);
        }
        if (!semver.isEmpty()) {
            return semver(semver);
        }
        return new Branch(branch.isEmpty() ? DEFAULT_BRANCH : branch);
    }

    private static GitRef semver(String text) throws GitFailure {
        VersionRange range =
                VersionRange.parse(text)
                        .orElseThrow(() ->
                                GitFailure.operation(
                                        "ref.semver '%s' is not a range of versions"
                                                .formatted(text)));
        return new Semver(text, range);
    }

    private static GitRef commit(String commit, String name, String branch) throws GitFailure {
        String sha = commit.toLowerCase(Locale.ROOT);
        if (!SHA.matcher(sha).matches()) {
            throw GitFailure.operation(
                    "ref.commit '%s' is not the full name of a commit: 40 hex digits"
                            .formatted(commit));
        }
        if (!name.isEmpty()) {
            return new Commit(sha, fullName(name), name);
        }
        return branch.isEmpty()
                ? new Commit(sha, null, null)
                : new Commit(sha, "refs/heads/" + branch, branch);
    }

    private static String fullName(String name) throws GitFailure {
        if (!name.startsWith("refs/")) {
            throw GitFailure.operation(
                    "ref.name '%s' is not a full reference such as refs/heads/main"
                            .formatted(name));
        }
        return name;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
