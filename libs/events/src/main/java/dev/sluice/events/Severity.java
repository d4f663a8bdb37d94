package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How grave an announcement is, in the words that Alerts select by. */
public enum Severity {
    INFO,
    ERROR;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
