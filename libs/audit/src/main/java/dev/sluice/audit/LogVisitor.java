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

    /** Offsets that were given to records, which are not there. Compaction leaves some out. */
    default void absent(Span offsets) {}

    /** Records there lie behind others that were given later offsets. */
    default void late(Span offsets) {}

    /** Records there are not as a broker wrote them; those that can be read are told too. */
    default void damaged(Span offsets, String why) {}
}
