package dev.sluice.fetcher.git;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link GitRef} stands for on a remote now.
 *
 * @param ref the full reference to fetch; null to fetch all branches and tags
 * @param commit 40 hex digits
 * @param revision as {@code status.artifact.revision} has it
 * @param wholeHistory whether the commit may lie behind the tip of the reference, so that its
 *     history is needed
 * @param tag the short name of the tag that was taken; null where it was none
 */
public record Wanted(
        @Nullable String ref,
        String commit,
        String revision,
        boolean wholeHistory,
        @Nullable String tag) {

    /** The tip of a branch, where it is known. */
    public static Wanted tip(String ref, String commit, String branch) {
        return new Wanted(ref, commit, revision(branch, commit), false, null);
    }

    /** A commit of whatever branch or tag. */
    static Wanted commit(String commit) {
        return new Wanted(null, commit, revision(null, commit), true, null);
    }

    /** Flux's revision: the name of what was asked for, then the commit. */
    static String revision(@Nullable String shown, String commit) {
        return shown == null ? "sha1:" + commit : shown + "@sha1:" + commit;
    }
}
