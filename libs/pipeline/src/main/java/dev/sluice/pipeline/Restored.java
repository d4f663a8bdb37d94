package dev.sluice.pipeline;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a state topic held at start.
 *
 * @param ends by partition, the offset after the last record that is in the table
 */
public record Restored(StateTable table, Map<Integer, Long> ends) {

    public Restored {
        ends = Map.copyOf(ends);
    }

    /** Whether the record is in the table: a channel that reads from the beginning repeats it. */
    public boolean holds(ConsumerRecord<String, byte[]> record) {
        return record.offset() < ends.getOrDefault(record.partition(), 0L);
    }
}
