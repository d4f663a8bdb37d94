package dev.sluice.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing at the centre, and leaves those that are there. */
final class CentralTopics {

    /** Most bytes of a record, as at the plant. */
    static final int LARGEST_RECORD = 8 << 20;

    private static final int PATIENCE = 15;

    private CentralTopics() {}

    /**
     * @param partitions by topic, as the plant has them
     */
    static void ensure(Map<String, Object> target, Map<String, Integer> partitions) {
        Map<String, Object> settings = new HashMap<>(target);
        settings.put("default.api.timeout.ms", PATIENCE * 1000);
        settings.put("request.timeout.ms", PATIENCE * 1000);
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE, TimeUnit.SECONDS);
            List<NewTopic> missing = new ArrayList<>();
            partitions.forEach((topic, count) -> {
                if (!present.contains(topic)) {
                    missing.add(
                            topic(topic, count)
                                    .configs(
                                            Map.of(
                                                    "cleanup.policy",
                                                    "delete",
                                                    "max.message.bytes",
                                                    Integer.toString(LARGEST_RECORD))));
                }
            });
            if (!present.contains(MirrorSettings.MARKS)) {
                missing.add(
                        topic(MirrorSettings.MARKS, 1)
                                .configs(
                                        Map.of(
                                                "cleanup.policy",
                                                "compact",
                                                // When something was heard is told by one clock.
                                                "message.timestamp.type",
                                                "LogAppendTime")));
            }
            admin.createTopics(missing).all().get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("the centre's topics: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new KafkaException("the central Kafka does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** As many copies as the centre makes of its own topics. */
    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }
}
