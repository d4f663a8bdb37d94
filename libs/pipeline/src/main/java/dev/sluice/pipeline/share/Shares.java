package dev.sluice.pipeline.share;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.TopicRestorer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives each stage its share. {@code sluice.share.enabled} says that there may be several processes
 * of a stage; without it this process does all.
 */
@ApplicationScoped
public class Shares {

    private final boolean enabled;
    private final Duration session;
    private final String cluster;
    private final Map<String, Object> kafka;
    private final TopicRestorer restorer;

    Shares(
            @ConfigProperty(name = "sluice.share.enabled", defaultValue = "false") boolean enabled,
            @ConfigProperty(name = "sluice.share.session", defaultValue = "PT6S") Duration session,
            @ConfigProperty(name = "sluice.cluster") String cluster,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicRestorer restorer) {
        this.enabled = enabled;
        this.session = session;
        this.cluster = cluster;
        this.kafka = Map.copyOf(kafka);
        this.restorer = restorer;
    }

    /**
     * The share of a stage.
     *
     * @param stage its name; the group is {@code <stage>-share-<cluster>}: who may join it can be
     *     said by the prefix of the stage
     * @param topic the stage's own state topic, whose keys are those of its work
     */
    public Share of(String stage, Topic topic) {
        return enabled
                ? new GroupShare(
                        stage + "-share-" + cluster, topic, kafka, session, restorer::restore)
                : new WholeShare();
    }
}
