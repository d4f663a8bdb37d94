package dev.sluice.audit;

import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.events.Topic;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Two services that write to the outcomes in turns, one record in each batch. */
final class BrokerWriter {

    private BrokerWriter() {}

    static void createTopics(String brokers) throws BrokerException {
        TopicAdmin.createTopics(brokers, (short) 1, Duration.ofDays(365), Duration.ofSeconds(30));
    }

    static void write(String brokers, int count) throws InterruptedException, ExecutionException {
        List<String> services = List.of("sluice/applier", "sluice/drift-detector");
        List<Chain> chains = List.of(chain("run-a"), chain("run-b"));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers, "compression.type", "none"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                int service = i / 3 % 2;
                write(producer, chains.get(service), services.get(service), i);
            }
        }
    }

    private static void write(
            KafkaProducer<String, byte[]> producer, Chain chain, String service, int number)
            throws InterruptedException, ExecutionException {
        String key = "plant/Kustomization/apps/app-" + number % 20;
        byte[] body = ("{\"n\":" + (100_000 + number) + "}").getBytes(StandardCharsets.UTF_8);
        List<Header> headers =
                List.of(Header.of("ce_id", "event-" + number), Header.of("ce_source", service));
        Seal seal = chain.append(key, "event-" + number, headers, body, _ -> {});
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.OUTCOMES.topicName(), seal.partition(), key, body);
        seal.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        chain.written(seal, producer.send(record).get().offset());
    }

    private static Chain chain(String run) {
        return new Chain(
                Topic.OUTCOMES.topicName(),
                ServiceKey.generate(new SecureRandom()),
                run,
                TopicAdmin.PARTITIONS,
                Map.of());
    }
}
