package dev.sluice.pipeline;

import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that cannot be read, with the reason, their place and all their headers, so that
 * they can be put back when the cause is mended.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Emitter<Record<String, byte[]>> emitter;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> emitter) {
        this.emitter = emitter;
    }

    /** Puts the record away; does not wait for the broker. */
    public void put(String stage, ConsumerRecord<String, byte[]> record, Exception why) {
        LOG.atError()
                .addKeyValue("stage", stage)
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", why.getMessage())
                .log("a record that cannot be read goes to the dead letters");
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, "dead-letter-stage", stage);
        add(headers, "dead-letter-reason", String.valueOf(why.getMessage()));
        add(headers, "dead-letter-topic", record.topic());
        add(headers, "dead-letter-partition", Integer.toString(record.partition()));
        add(headers, "dead-letter-offset", Long.toString(record.offset()));
        emitter.send(
                Message.of(Record.of(record.key(), record.value()))
                        .addMetadata(
                                OutgoingKafkaRecordMetadata.<String>builder()
                                        .withHeaders(headers)
                                        .build()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
