package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "apps/shop", "apps/Überlauf", "a/b/c", "object-7"})
    void aKeyHasThePartitionThatProducersChoose(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

        for (int all = 1; all < 20; all++) {
            assertThat(Partitions.ofKey(key, all))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, all));
        }
    }
}
