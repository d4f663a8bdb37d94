package dev.sluice.pipeline.share;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** How a process is one of several that have the partitions of a topic among them. */
public final class Membership {

    private Membership() {}

    /**
     * The settings of a consumer: who comes takes nothing from the others but what he is given, and
     * says often enough that he lives.
     *
     * @param session after how long without a sign of life a member is taken for dead
     */
    public static Map<String, Object> settings(Duration session) {
        return Map.of(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) session.toMillis(),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) session.dividedBy(4).toMillis(),
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
    }
}
