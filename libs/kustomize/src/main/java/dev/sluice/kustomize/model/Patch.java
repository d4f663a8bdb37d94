package dev.sluice.kustomize.model;

import dev.sluice.kustomize.resource.Selector;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code patches} or {@code patchesJson6902}.
 *
 * @param path of the file with the patch; empty where it is inline
 * @param patch the inline patch; empty where it is in a file
 * @param target null where the patch itself says what it is for
 */
public record Patch(
        String path,
        String patch,
        @Nullable Selector target,
        boolean allowNameChange,
        boolean allowKindChange) {

    static Patch of(Values values) {
        Values options = values.struct("options");
        Values target = values.struct("target");
        return new Patch(
                values.text("path"),
                values.text("patch"),
                target == null ? null : Selectors.of(target),
                options != null && options.flag("allowNameChange"),
                options != null && options.flag("allowKindChange"));
    }
}
