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

    /** Flux's revision: the name of what was asked for, then the commit. */
    static String revision(@Nullable String shown, String commit) {
        return shown == null ? "sha1:" + commit : shown + "@sha1:" + commit;
    }
}
