package dev.sluice.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Ends the consumers of a process all at once, when the services have put down their work. A
 * consumer that ends waits a second for a fetch that waits for news ({@code fetch.max.wait.ms});
 * the connector would have one after the other do so.
 */
@ApplicationScoped
class Farewell {

    private final KafkaClientService clients;
    private final Config config;

    Farewell(KafkaClientService clients, Config config) {
        this.clients = clients;
        this.config = config;
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
            throws InterruptedException {
        List<Thread> ending = new ArrayList<>();
        for (String channel : clients.getConsumerChannels()) {
            if (commits(channel)) {
                // The connector ends it, after its last commit.
                continue;
            }
            for (KafkaConsumer<?, ?> consumer : clients.getConsumers(channel)) {
                if (consumer instanceof ReactiveKafkaConsumer<?, ?> reading) {
                    ending.add(Thread.ofVirtual().start(reading::close));
                }
            }
        }
        for (Thread thread : ending) {
            thread.join();
        }
    }

    private boolean commits(String channel) {
        return !config.getOptionalValue(
                        "mp.messaging.incoming." + channel + ".commit-strategy", String.class)
                .orElse("")
                .equals("ignore");
    }
}
