package dev.sluice.audit;

/** Takes the records of a log, each partition in its order. */
public interface LogVisitor {

    /**
     * A partition comes next.
     *
     * @param offset the first that the log goes back to; 0 where nothing has expired
     */
    default void begins(String topic, int partition, long offset) {}

    void record(LoggedRecord record);

    /** Bytes that are no records any more. */
    default void damaged(String place, String why) {}
}
