package dev.sluice.audit;

import java.util.Locale;

/**
 * Something in the log is not as it was written.
 *
 * @param place {@code topic-partition@offset} of the record, or of the one after what is missing
 * @param key record key, where it is known
 * @param event id of the event, where it is known
 */
public record Finding(Kind kind, String place, String key, String event, String message) {

    /** The sorts of findings. */
    public enum Kind {
        /** The record is not what was signed. */
        CHANGED,
        /** Records that were written are not there. */
        MISSING,
        /** The record lies elsewhere than it was written. */
        REORDERED,
        /** The record is there twice. */
        REPEATED,
        /** Nobody has signed it, among records that are signed. */
        UNSIGNED,
        /** It is signed by a key that is not its service's. */
        UNKNOWN_KEY;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return kind.word()
                + " "
                + place
                + (event.isEmpty() ? "" : " event " + event)
                + (key.isEmpty() ? "" : " of " + key)
                + ": "
                + message;
    }
}
