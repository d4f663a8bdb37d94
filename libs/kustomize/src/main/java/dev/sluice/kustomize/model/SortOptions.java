package dev.sluice.kustomize.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the output is ordered.
 *
 * @param order {@code legacy} or {@code fifo}; all else is an error when it is used
 * @param legacy which kinds come first and last; null for the usual ones
 */
public record SortOptions(String order, @Nullable Legacy legacy) {

    /** Kinds in their order. */
    public record Legacy(List<String> first, List<String> last) {}

    static @Nullable SortOptions of(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        Values legacy = values.struct("legacySortOptions");
        return new SortOptions(
                values.text("order"),
                legacy == null
                        ? null
                        : new Legacy(legacy.texts("orderFirst"), legacy.texts("orderLast")));
    }
}
