package dev.sluice.audit;

import java.util.Locale;

/**
 * Something in the log is not as it was written.
 *
 * @param offset of the record; of what is missing the one that it had, or, where that is not known,
 *     that of the record after it; negative where neither is
 * @param key record key, where it is known
 * @param event id of the event, where it is known
 */
public record Finding(
        Kind kind,
        String topic,
        int partition,
        long offset,
        String key,
        String event,
        String message) {

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
        /** Nobody has signed it. */
        UNSIGNED,
        /** It is signed by a key that is not its service's. */
        UNKNOWN_KEY;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Finding of(LoggedRecord record, Kind kind, String message) {
        return new Finding(
                kind,
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.event(),
                message);
    }

    /** {@code topic-partition@offset}, or {@code topic-partition}. */
    public String place() {
        return topic + '-' + partition + (offset < 0 ? "" : "@" + offset);
    }

    @Override
    public String toString() {
        return kind.word()
                + " "
                + place()
                + (event.isEmpty() ? "" : " event " + event)
                + (key.isEmpty() ? "" : " of " + key)
                + ": "
                + message;
    }
}
