package dev.sluice.drift;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Share;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the flow works with.
 *
 * @param clusters makes the view of the clusters for one family, given how to wake
 * @param topics reads a state topic up to its present end
 * @param unreadable takes a record that is no event, with the reason
 * @param share the deliveries that this process judges
 * @param width how many deliveries are judged side by side
 */
record DriftParts(
        BiFunction<Family, WatchedClusters.Wake, WatchedClusters> clusters,
        Function<Topic, StateTable> topics,
        DriftOutput output,
        BiConsumer<ConsumerRecord<String, byte[]>, Exception> unreadable,
        Share share,
        int width) {}
