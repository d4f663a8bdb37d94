package dev.sluice.pipeline;

import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.topics.Partitions;
import dev.sluice.topics.TopicReader;
import dev.sluice.topics.TopicReading;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a state topic from its beginning to its present end, at the start of a service, so that the
 * service knows what was wanted and what it has done.
 */
@ApplicationScoped
public class TopicRestorer {

    private final TopicReader reader;
    private final DeadLetters deadLetters;

    TopicRestorer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            DeadLetters deadLetters) {
        this.reader = new TopicReader(kafka);
        this.deadLetters = deadLetters;
    }

    /** A table of all that the topic holds now. Blocks until it is read. */
    public StateTable restore(Topic topic) {
        return restoreWithEnds(topic).table();
    }

    /** As {@link #restore}, of some partitions only. */
    public StateTable restore(Topic topic, Set<Integer> partitions) {
        return read(topic, partition -> partitions.contains(partition.partition())).table();
    }

    /** As {@link #restore}, and where it ended. */
    public Restored restoreWithEnds(Topic topic) {
        return read(topic, _ -> true);
    }

    private Restored read(Topic topic, Predicate<TopicPartition> wanted) {
        StateTable table = new StateTable();
        TopicReading reading =
                reader.read(
                        consumer ->
                                TopicReading.all(
                                        consumer,
                                        Partitions.of(consumer, topic.topicName()).stream()
                                                .filter(wanted)
                                                .toList()),
                        record -> take(table, topic, record));
        Map<Integer, Long> ends = new HashMap<>();
        reading.ends().forEach((partition, end) -> ends.put(partition.partition(), end));
        return new Restored(table, ends);
    }

    private void take(StateTable table, Topic topic, ConsumerRecord<String, byte[]> record) {
        try {
            table.take(record);
        } catch (UnreadableEventException e) {
            deadLetters.put("restore-" + topic.topicName(), record, e);
        }
    }
}
