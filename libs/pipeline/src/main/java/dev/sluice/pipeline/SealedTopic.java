package dev.sluice.pipeline;

import dev.sluice.audit.Chain;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.Seal;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * One topic as one service writes to it: each record is sealed, where there is a chain, and handed
 * to the broker in the order of the chain.
 */
final class SealedTopic {

    private final Emitter<Record<String, byte[]>> emitter;
    private final Supplier<Optional<Chain>> chain;

    /**
     * @param chain asked for when the first record is written
     */
    SealedTopic(Emitter<Record<String, byte[]>> emitter, Supplier<Optional<Chain>> chain) {
        this.emitter = emitter;
        this.chain = chain;
    }

    /** A record that is under way. */
    interface Pending {

        /** Returns when the broker has it on all replicas. */
        void await();
    }

    /**
     * Hands a record over.
     *
     * @param body null for a tombstone
     */
    Pending write(String key, String eventId, List<Header> headers, byte @Nullable [] body) {
        Optional<Chain> sealing = chain.get();
        CompletableFuture<Long> written = new CompletableFuture<>();
        if (sealing.isEmpty()) {
            emit(key, body, metadata(headers).build(), written);
            return written::join;
        }
        Seal seal =
                sealing.get()
                        .append(
                                key,
                                eventId,
                                headers,
                                body,
                                sealed ->
                                        emit(
                                                key,
                                                body,
                                                metadata(sealed.headers())
                                                        .withPartition(sealed.partition())
                                                        .build(),
                                                written));
        return () -> settle(sealing.get(), seal, written);
    }

    private static void settle(Chain chain, Seal seal, CompletableFuture<Long> written) {
        try {
            chain.written(seal, written.join());
        } catch (CompletionException e) {
            chain.lost(seal);
            throw e;
        }
    }

    private void emit(
            String key,
            byte @Nullable [] body,
            OutgoingKafkaRecordMetadata<String> metadata,
            CompletableFuture<Long> written) {
        OutgoingMessageMetadata<RecordMetadata> answer = new OutgoingMessageMetadata<>();
        emitter.send(
                Message.of(Record.of(key, body))
                        .withAck(() -> {
                            RecordMetadata place = answer.getResult();
                            written.complete(place == null ? -1 : place.offset());
                            return CompletableFuture.completedFuture(null);
                        })
                        .withNack(failure -> {
                            written.completeExceptionally(failure);
                            return CompletableFuture.completedFuture(null);
                        })
                        .addMetadata(answer)
                        .addMetadata(metadata));
    }

    private static OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<String> metadata(
            List<Header> headers) {
        Headers kafka = new RecordHeaders();
        headers.forEach(header -> kafka.add(header.name(), header.value()));
        return OutgoingKafkaRecordMetadata.<String>builder().withHeaders(kafka);
    }
}
