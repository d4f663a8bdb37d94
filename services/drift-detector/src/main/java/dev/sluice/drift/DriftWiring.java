package dev.sluice.drift;

import dev.sluice.events.Topic;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.target.RemoteClusters;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
import dev.sluice.pipeline.TopicRestorer;
import dev.sluice.pipeline.share.Shares;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Puts the flow's parts together. */
@ApplicationScoped
class DriftWiring {

    private static final int CLOSES_LATE = 5000;

    private final DriftConfig config;
    private final String name;
    private final Cluster cluster;

    DriftWiring(
            KubernetesClient client,
            DriftConfig config,
            @ConfigProperty(name = "sluice.cluster") String name) {
        this.config = config;
        this.name = name;
        // Watches last, so they have connections of their own.
        this.cluster = Cluster.connect(client.getConfiguration());
    }

    @Produces
    @Singleton
    DriftParts parts(
            TopicRestorer restorer,
            Shares shares,
            DeadLetters deadLetters,
            EventSenders senders,
            @Channel("drift-detector-drift") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> detected) {
        Clock clock = Clock.systemUTC();
        EventSender sender = senders.to(Topic.DRIFT, detected, "sluice/drift-detector", clock);
        return new DriftParts(
                (family, wake) ->
                        new WatchedClusters(
                                family,
                                cluster,
                                new RemoteClusters(
                                        cluster,
                                        config.defaultKubeconfigServiceAccount().orElse("")),
                                name,
                                clock,
                                wake),
                restorer::restore,
                new DriftOutput(sender),
                (record, why) -> deadLetters.put("drift-detector", record, why),
                shares.of("drift-detector", Topic.APPLIED),
                config.width());
    }

    /** After the flow has stopped, whose watches go over these connections. */
    void stop(@Observes @Priority(CLOSES_LATE) ShutdownEvent event) {
        cluster.close();
    }
}
