package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stages of the pipeline, by the names of their services. */
public enum Stage {
    FETCHER,
    RENDERER,
    DECRYPTOR,
    APPLIER,
    DRIFT_DETECTOR,
    NOTIFIER;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
