package dev.sluice.notifier;

import dev.sluice.pipeline.share.Membership;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How the announcements are read.
 *
 * @param kafka how to reach the broker
 * @param shared whether there may be other notifiers
 * @param session after how long without a sign of life a notifier is taken for dead
 * @param fetchWait how long the broker waits for something new before it answers
 */
record IntakeSettings(
        Map<String, Object> kafka, boolean shared, Duration session, Duration fetchWait) {

    private static final String GROUP = "notifier-announcements";

    /** Whoever comes waits for what we have taken. */
    private static final int AT_ONCE = 20;

    IntakeSettings {
        kafka = Map.copyOf(kafka);
    }

    /** How long a poll may take: a sign of life to ourselves. */
    Duration poll() {
        return shared ? session.dividedBy(6) : fetchWait;
    }

    KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) fetchWait.toMillis());
        if (shared) {
            all.putAll(Membership.settings(session));
        }
        return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
