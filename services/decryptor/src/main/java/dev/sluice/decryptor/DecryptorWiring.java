package dev.sluice.decryptor;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.Stage;
import dev.sluice.events.Topic;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.keys.KeySecret;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.manifests.sealing.BundleSeal;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.DeliveryOutput;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
import dev.sluice.pipeline.StageTimer;
import dev.sluice.pipeline.TopicRestorer;
import dev.sluice.pipeline.share.Shares;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.kms.WorkloadIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Puts the flow's parts together, and takes them apart at the end. */
@ApplicationScoped
class DecryptorWiring {

    private static final Set<String> KINDS = Set.of("Kustomization", HelmRequest.KIND);

    private final Cluster cluster;
    private final String clusterName;
    private final String namespace;
    private final ArtifactStore store;
    private final NamedObjectWatch named;
    private final SealRecipient recipient = new SealRecipient();
    private final Clock clock = Clock.systemUTC();
    private @Nullable OwnKeys keys;

    DecryptorWiring(
            KubernetesClient client,
            @ConfigProperty(name = "sluice.cluster") String clusterName,
            @ConfigProperty(name = "sluice.namespace") String namespace,
            @ConfigProperty(name = "sluice.data") Path data)
            throws IOException {
        this.cluster = Cluster.over(client);
        this.clusterName = clusterName;
        this.namespace = namespace;
        this.store = ArtifactStore.in(data.resolve("artifacts"), clock);
        this.named = new NamedObjectWatch(cluster);
    }

    @Produces
    @Singleton
    DecryptorParts parts(
            DecryptorConfig config,
            TopicRestorer restorer,
            Shares shares,
            DeadLetters deadLetters,
            StageTimer timer,
            EventSenders senders,
            @Channel("decryptor-revealed") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> revealed)
            throws KubernetesException {
        EventSender sender = senders.to(Topic.REVEALED, revealed, "sluice/decryptor", clock);
        return new DecryptorParts(
                revealer(config),
                new DeliveryOutput(
                        clusterName,
                        KINDS,
                        sender,
                        (outcome, took) -> timer.record(Stage.DECRYPTOR, outcome, took)),
                this::watch,
                restorer::restore,
                (record, why) -> deadLetters.put("decryptor", record, why),
                shares.of("decryptor", Topic.REVEALED),
                config.width());
    }

    private Revealer revealer(DecryptorConfig config) throws KubernetesException {
        SecureRandom random = new SecureRandom();
        KeySecret secret = new KeySecret(cluster, namespace, KeyNames.DECRYPTOR_SECRET);
        OwnKeys own = OwnKeys.load(secret, random);
        keys = own;
        InputReader reader = new ClusterInputs(cluster);
        Revelation revelation =
                new Revelation(
                        store,
                        new KustomizationBuild(BuildLimits.DEFAULT),
                        deliveryKeys(reader, config),
                        DecryptOptions.WITHOUT_MAC.withServices(KeyServices.of(config, clock)),
                        new Variables(reader));
        return new Revealer(
                named,
                recipient,
                own,
                revelation,
                new HelmRevelation(store, reader),
                new Sealing(store, own, new BundleSeal(random)),
                clock);
    }

    private DeliveryKeys deliveryKeys(InputReader reader, DecryptorConfig config) {
        return new DeliveryKeys(
                reader,
                config.ageSecret()
                        .map(name -> new NamedObject(NamedObject.SECRET, namespace, name)),
                config.processIdentity() ? WorkloadIdentity.ofProcess() : WorkloadIdentity.NONE);
    }

    private void watch(Wake wake) {
        named.wakes(wake.one());
        recipient.follow(cluster, namespace, wake.all());
        Objects.requireNonNull(keys).follow(wake.all());
    }

    void stop(@Observes ShutdownEvent event) {
        named.close();
        recipient.close();
        OwnKeys own = keys;
        if (own != null) {
            own.close();
        }
    }
}
