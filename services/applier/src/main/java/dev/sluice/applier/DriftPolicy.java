package dev.sluice.applier;

import dev.sluice.fluxapi.kustomize.Kustomization;
import java.util.Locale;

/** What a Kustomization wants to happen with drift: its annotation {@code sluice.dev/drift}. */
enum DriftPolicy {
    /** It is put right at once. */
    CORRECT,
    /** It is told and left. */
    WARN,
    /** It is of no interest. */
    IGNORE;

    static final String ANNOTATION = "sluice.dev/drift";

    /** Anything but the two other words means {@link #CORRECT}. */
    static DriftPolicy of(Kustomization object) {
        String text = object.metadata().annotations().getOrDefault(ANNOTATION, "");
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "warn" -> WARN;
            case "ignore" -> IGNORE;
            default -> CORRECT;
        };
    }
}
