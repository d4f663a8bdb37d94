package dev.sluice.mirror;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;

/** What the plant's Kafka says of itself. */
final class SourceLog {

    private static final int PATIENCE = 10;

    private final Map<String, Object> settings;
    private final String id;

    /**
     * @param source settings of the client at the plant
     */
    SourceLog(Map<String, Object> source) {
        settings = new HashMap<>(source);
        settings.put("default.api.timeout.ms", PATIENCE * 1000);
        settings.put("request.timeout.ms", PATIENCE * 1000);
        try (Admin admin = Admin.create(settings)) {
            id = get(admin.describeCluster().clusterId());
        }
    }

    /** The id that it gave itself; another one means another log, whose offsets begin anew. */
    String id() {
        return id;
    }

    /** What the topics take on its disks. */
    long bytes(List<String> topics) {
        Set<String> counted = new HashSet<>(topics);
        try (Admin admin = Admin.create(settings)) {
            List<Integer> brokers =
                    get(admin.describeCluster().nodes()).stream().map(Node::id).toList();
            return get(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> counted.contains(replica.getKey().topic()))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the Kafka beside it does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
