package dev.sluice.audit;

/**
 * One run's records in one partition.
 *
 * @param partition that the writer chose
 */
record Strand(String topic, String producer, String run, int partition) {

    static Strand of(LoggedRecord record, Link link) {
        return new Strand(record.topic(), record.producer(), link.run(), link.partition());
    }

    /** The same service's in the run before. */
    Strand inRun(String before) {
        return new Strand(topic, producer, before, partition);
    }

    Strand inPartition(int other) {
        return new Strand(topic, producer, run, other);
    }
}
