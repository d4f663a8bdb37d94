package dev.sluice.sops;

import java.util.List;

/**
 * Who can open a file.
 *
 * @param groups in one group each recipient alone opens the file; with several, a recipient of each
 *     of {@code threshold} groups is needed (Shamir's secret sharing)
 * @param threshold how many groups are needed; ignored for one group
 */
public record Recipients(List<List<Recipient>> groups, int threshold) {

    /**
     * @throws IllegalArgumentException for no group, an empty one, or a threshold that is not
     *     within 2 and the number of groups
     */
    public Recipients {
        groups = groups.stream().map(List::copyOf).toList();
        if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a file needs recipients in each key group");
        }
        if (groups.size() > 1 && (threshold < 2 || threshold > groups.size())) {
            throw new IllegalArgumentException(
                    "the threshold must be between 2 and the number of key groups, "
                            + groups.size());
        }
    }

    /** Each of them alone opens the file. */
    public static Recipients of(List<? extends Recipient> recipients) {
        return new Recipients(List.of(List.copyOf(recipients)), 0);
    }
}
