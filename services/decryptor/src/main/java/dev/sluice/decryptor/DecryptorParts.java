package dev.sluice.decryptor;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.DeliveryOutput;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Share;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the flow works with.
 *
 * @param watches opens the watches; later tells which deliveries changed inputs concern
 * @param topics reads a state topic up to its present end
 * @param unreadable takes a record that is no event, with the reason
 * @param share the deliveries that this process reveals
 * @param width how many deliveries are worked on at once
 */
record DecryptorParts(
        Revealer revealer,
        DeliveryOutput output,
        Consumer<Wake> watches,
        Function<Topic, StateTable> topics,
        BiConsumer<ConsumerRecord<String, byte[]>, Exception> unreadable,
        Share share,
        int width) {}
