package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTopicTest {

    @TempDir private Path folder;

    private static void tell(Target target) throws Exception {
        Messengers.of("kafka")
                .orElseThrow()
                .tell(
                        Samples.failed(),
                        target,
                        _ -> {
                            throw new AssertionError("nothing goes over HTTP");
                        });
    }

    @Test
    void getsTheEventAsACloudEvent() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("log"), 0)) {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
            try (Admin admin = Admin.create(settings)) {
                admin.createTopics(List.of(new NewTopic("deployments", 1, (short) 1))).all().get();
            }

            tell(Samples.target("kafka", broker.address(), "deployments", Access.NONE));

            ConsumerRecord<String, String> record = only(settings);
            JsonNode body = RecordedExchange.JSON.readTree(record.value());
            assertThat(record.key()).isEqualTo("munich/Kustomization/team/app");
            assertThat(header(record, "ce_type")).isEqualTo("dev.sluice.notification.v1");
            assertThat(header(record, "ce_id")).isEqualTo(Samples.failed().id());
            assertThat(body.path("message").asText()).isEqualTo("it broke");
        }
    }

    @Test
    void aTopicThatIsNotThereIsNamed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("log"), 0)) {
            Target target = withoutPatience(broker.address());

            assertThatThrownBy(() -> tell(target))
                    .isInstanceOf(TellException.class)
                    .hasMessageContaining("Topic deployments not present");
        }
    }

    @Test
    void theTopicsOfThePipelineAreNotForAlerts() {
        for (String channel : List.of("sluice.rendered", "sluice.sources?format=cdevents")) {
            assertThatThrownBy(() ->
                            tell(Samples.target("kafka", "localhost:1", channel, Access.NONE)))
                    .isInstanceOf(TellException.class)
                    .hasMessageContaining("choose another");
        }
    }

    private static ConsumerRecord<String, String> only(Map<String, Object> settings) {
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("deployments", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(20)).records(partition);
            assertThat(records).hasSize(1);
            return records.getFirst();
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void brokersThatAreAwayAreTriedAgain() {
        Target gone = withoutPatience("127.0.0.1:1");

        assertThatThrownBy(() -> tell(gone))
                .isInstanceOfSatisfying(
                        TellException.class,
                        e ->
                                assertThat(e.prospect())
                                        .isEqualTo(TellException.Prospect.SERVICE_AWAY));
    }

    private static Target withoutPatience(String brokers) {
        return new Target(
                "kafka", "uid", brokers, "deployments", Access.NONE, "", Duration.ofMillis(300));
    }
}
