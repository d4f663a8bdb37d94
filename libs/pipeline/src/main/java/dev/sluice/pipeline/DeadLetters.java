package dev.sluice.pipeline;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.Seal;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that cannot be read, with the reason, their place and all their headers, so that
 * they can be put back when the cause is mended. They are sealed like events; the seal that a
 * record had is kept beside it.
 */
@ApplicationScoped
public class DeadLetters {

    /** What the headers of a letter begin with that the record did not have. */
    public static final String PREFIX = "dead-letter-";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Emitter<Record<String, byte[]>> emitter;
    private final EventSenders senders;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> emitter,
            EventSenders senders) {
        this.emitter = emitter;
        this.senders = senders;
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
        // The first letter of a stage asks the broker where its chain goes on.
        Thread.ofVirtual().name("dead-letter").start(() -> write(stage, record, why));
    }

    private void write(String stage, ConsumerRecord<String, byte[]> record, Exception why) {
        List<Header> headers = headers(stage, record, why);
        String key = record.key() == null ? "" : record.key();
        String event = LoggedRecord.of(record).event();
        try {
            senders.letters(emitter, stage).write(key, event, headers, record.value()).await();
        } catch (UncheckedIOException e) {
            // Better a letter that nobody signs than none.
            LOG.atWarn()
                    .addKeyValue("stage", stage)
                    .addKeyValue("reason", e.getMessage())
                    .log("a dead letter cannot be signed");
            new SealedTopic(emitter, Optional::empty).write(key, event, headers, record.value());
        } catch (CompletionException e) {
            LOG.atError()
                    .addKeyValue("stage", stage)
                    .addKeyValue("reason", String.valueOf(e.getCause()))
                    .log("a dead letter was not taken by the broker");
        }
    }

    private static List<Header> headers(
            String stage, ConsumerRecord<String, byte[]> record, Exception why) {
        List<Header> headers = new ArrayList<>();
        for (Header header : LoggedRecord.headers(record.headers())) {
            boolean seal = Seal.CHAIN.equals(header.name()) || Seal.SIGNATURE.equals(header.name());
            headers.add(seal ? new Header(PREFIX + header.name(), header.value()) : header);
        }
        headers.add(Header.of(LoggedRecord.DEAD_LETTER_STAGE, stage));
        headers.add(Header.of("dead-letter-reason", String.valueOf(why.getMessage())));
        headers.add(Header.of("dead-letter-topic", record.topic()));
        headers.add(Header.of("dead-letter-partition", Integer.toString(record.partition())));
        headers.add(Header.of("dead-letter-offset", Long.toString(record.offset())));
        return headers;
    }
}
