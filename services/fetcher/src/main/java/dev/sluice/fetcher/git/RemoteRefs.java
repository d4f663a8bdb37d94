package dev.sluice.fetcher.git;

import dev.sluice.helm.version.Version;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a remote has: the answer to an {@code ls-remote}.
 *
 * @param commits the commit of each full reference; annotated tags are followed to theirs
 */
public record RemoteRefs(Map<String, String> commits) {

    private static final String TAGS = "refs/tags/";

    public RemoteRefs {
        commits = Map.copyOf(commits);
    }

    /** What the wish stands for here. */
    public Wanted find(GitRef wish) throws GitFailure {
        if (commits.isEmpty()) {
            throw GitFailure.operation("the repository is empty");
        }
        return switch (wish) {
            case GitRef.Branch(String name) ->
                    tip("refs/heads/" + name, name, "branch '" + name + "'", null);
            case GitRef.Tag(String name) -> tip(TAGS + name, name, "tag '" + name + "'", name);
            case GitRef.Name(String name) -> tip(name, name, "reference '" + name + "'", null);
            case GitRef.Semver semver -> highest(semver);
            case GitRef.Commit commit -> behind(commit);
        };
    }

    private Wanted tip(String ref, String shown, String what, @Nullable String tag)
            throws GitFailure {
        String commit = commits.get(ref);
        if (commit == null) {
            throw GitFailure.operation("the repository has no " + what);
        }
        return new Wanted(ref, commit, Wanted.revision(shown, commit), false, tag);
    }

    private Wanted highest(GitRef.Semver semver) throws GitFailure {
        Optional<String> tag =
                commits.keySet().stream()
                        .filter(ref -> ref.startsWith(TAGS))
                        .map(ref -> ref.substring(TAGS.length()))
                        .filter(name ->
                                Version.parse(name).filter(semver.range()::contains).isPresent())
                        // Of two tags for one version (v1.0.0 and 1.0.0) always the same.
                        .max(
                                Comparator.comparing(
                                                (String name) -> Version.parse(name).orElseThrow())
                                        .thenComparing(Comparator.naturalOrder()));
        if (tag.isEmpty()) {
            throw GitFailure.operation(
                    "no tag of the repository is a version in the range '%s'"
                            .formatted(semver.text()));
        }
        return tip(TAGS + tag.get(), tag.get(), "tag '" + tag.get() + "'", tag.get());
    }

    private Wanted behind(GitRef.Commit wish) throws GitFailure {
        String revision = Wanted.revision(wish.shown(), wish.sha());
        String on = wish.on();
        if (on == null) {
            return commits.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(wish.sha()))
                    .findFirst()
                    .map(entry -> new Wanted(entry.getKey(), wish.sha(), revision, false, null))
                    .orElse(new Wanted(null, wish.sha(), revision, true, null));
        }
        String tip = commits.get(on);
        if (tip == null) {
            throw GitFailure.operation("the repository has no reference '%s'".formatted(on));
        }
        return new Wanted(on, wish.sha(), revision, !tip.equals(wish.sha()), null);
    }
}
