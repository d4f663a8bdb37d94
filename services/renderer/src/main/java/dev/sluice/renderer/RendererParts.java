package dev.sluice.renderer;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.Topic;
import dev.sluice.pipeline.DeliveryOutput;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Share;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the flow works with.
 *
 * @param watch fills the deliveries and returns; later tells each delivery that changed
 * @param quotas fills the quotas and returns; later tells the namespaces whose quotas changed
 * @param charts what the cluster says of the sources of charts
 * @param topics reads a state topic up to its present end
 * @param share the deliveries that this process renders
 * @param unreadable takes a record that is no event, with the reason
 */
record RendererParts(
        Deliveries deliveries,
        Consumer<Consumer<DeliveryId>> watch,
        Consumer<Consumer<Set<String>>> quotas,
        ChartSources charts,
        Function<Topic, StateTable> topics,
        DeliveryOutput output,
        Builds builds,
        BiConsumer<ConsumerRecord<String, byte[]>, Exception> unreadable,
        Share share,
        RendererConfig config) {}
