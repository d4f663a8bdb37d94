package dev.sluice.notifier.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service was not told. The message holds no credential and no address. */
public final class TellException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What another try may bring. */
    public enum Prospect {
        /** The service does not answer, or asks for a pause: everything for it has to wait. */
        SERVICE_AWAY,
        /** It answers with an error: this notification is tried again, others may go first. */
        PERHAPS_LATER,
        /** It will never take this notification. */
        NEVER
    }

    private final Prospect prospect;
    private final @Nullable Duration pause;

    public TellException(Prospect prospect, String message) {
        this(prospect, message, null);
    }

    /**
     * @param pause that the service asks for; null where it names none
     */
    public TellException(Prospect prospect, String message, @Nullable Duration pause) {
        super(message);
        this.prospect = prospect;
        this.pause = pause;
    }

    static TellException never(String message) {
        return new TellException(Prospect.NEVER, message);
    }

    static TellException later(String message) {
        return new TellException(Prospect.PERHAPS_LATER, message);
    }

    public Prospect prospect() {
        return prospect;
    }

    public @Nullable Duration pause() {
        return pause;
    }
}
