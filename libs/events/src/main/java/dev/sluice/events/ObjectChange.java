package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What happened to one object.
 *
 * @param object as {@code Kind/namespace/name}
 */
public record ObjectChange(String object, Action action) {

    /** The words that Flux uses in its events. */
    public enum Action {
        CREATED,
        CONFIGURED,
        UNCHANGED,
        DELETED,
        SKIPPED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
