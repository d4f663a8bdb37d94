package dev.sluice.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.ArtifactRef;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceId;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.quota.TenantQuota;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.pipeline.FairGate;
import dev.sluice.quotas.Quotas;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTest {

    private static final SourceId SOURCE = new SourceId("plant", "GitRepository", "team", "src");
    private static final DeliveryId ID = new DeliveryId("plant", "Kustomization", "team", "app");
    private static final String MANIFEST =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  v: \"%s\"\n";

    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final Quotas quotas = new Quotas();
    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    @TempDir Path directory;
    private ArtifactStore store;
    private Builds builds;
    private Optional<DeliveryEvent> said = Optional.empty();

    @BeforeEach
    void makeTheParts() throws Exception {
        store = ArtifactStore.in(directory, clock);
        builds =
                new Builds(
                        store,
                        new ReadSets(store),
                        new TenantLimits(BuildLimits.DEFAULT, quotas),
                        pool,
                        new FairGate(2, 3));
    }

    @AfterEach
    void stopThePool() {
        pool.shutdownNow();
    }

    @Test
    void refusesWhatUsesMoreThanItsQuotaAndSaysWhomToAsk() throws Exception {
        quotas.put(
                new TenantQuota(
                        TenantQuota.API_VERSION,
                        TenantQuota.KIND,
                        new Metadata(
                                "of-team",
                                "flux-system",
                                "",
                                "",
                                1,
                                Map.of(),
                                Map.of(),
                                List.of(),
                                null,
                                null),
                        new TenantQuota.Spec(
                                List.of("team"), null, 1, null, "platform@example.com")));
        Map<String, String> two =
                Map.of(
                        "app/a.yaml",
                        MANIFEST.formatted("1"),
                        "app/b.yaml",
                        MANIFEST.formatted("1").replace("name: a", "name: b"));

        DeliveryFailed failed = failed(artifact(1, two));

        assertThat(failed.message())
                .contains("more than 1 resources", "'of-team'", "platform@example.com");
    }

    @Test
    void storesWhatTheFolderHolds() throws Exception {
        DeliveryRendered rendered =
                rendered(artifact(1, Map.of("app/a.yaml", MANIFEST.formatted("1"))));

        byte[] bundle = store.get(new Digest(rendered.bundle().digest()));
        assertThat(Bundle.decode(bundle, BundleLimits.DEFAULT).objects())
                .extracting(KubernetesObject::name)
                .containsExactly("a");
        assertThat(rendered.source().revision()).isEqualTo("main@1");
        assertThat(rendered.needsKeys()).isFalse();
    }

    @Test
    void takesTheSameBundleWhenTheRevisionTouchesNothingThatWasRead() throws Exception {
        String manifest = MANIFEST.formatted("1");
        DeliveryRendered first = rendered(artifact(1, Map.of("app/a.yaml", manifest)));
        Envelope<SourceChanged> beside =
                artifact(2, Map.of("app/a.yaml", manifest, "other/b.yaml", manifest));
        Envelope<SourceChanged> own = artifact(3, Map.of("app/a.yaml", MANIFEST.formatted("2")));

        boolean besideReused = builds.wouldReadTheSame(decide(beside));
        DeliveryRendered second = rendered(beside);
        boolean ownReused = builds.wouldReadTheSame(decide(own));
        DeliveryRendered third = rendered(own);

        assertThat(besideReused).isTrue();
        assertThat(second.bundle()).isEqualTo(first.bundle());
        assertThat(second.readSet()).isEqualTo(first.readSet());
        assertThat(second.source().revision()).isEqualTo("main@2");
        assertThat(ownReused).isFalse();
        assertThat(third.bundle()).isNotEqualTo(first.bundle());
    }

    @Test
    void tellsWhereABuildFailed() throws Exception {
        DeliveryFailed failed =
                failed(artifact(1, Map.of("app/broken.yaml", "kind: ConfigMap\nmetadata: [\n")));

        assertThat(failed.reason()).isEqualTo(Reason.BUILD_FAILED);
        assertThat(failed.message()).contains("app/broken.yaml", "line");
        assertThat(failed.source()).isNotNull();
    }

    @Test
    void tellsThatThePathIsMissing() throws Exception {
        DeliveryFailed failed =
                failed(artifact(1, Map.of("other/a.yaml", MANIFEST.formatted("1"))));

        assertThat(failed.reason()).isEqualTo(Reason.ARTIFACT_FAILED);
        assertThat(failed.message()).contains("kustomization path not found");
    }

    private DeliveryRendered rendered(Envelope<SourceChanged> source) throws Exception {
        DeliveryEvent event = builds.render((RenderDecision.Render) decide(source));
        said = Optional.of(event);
        assertThat(event).isInstanceOf(DeliveryRendered.class);
        return (DeliveryRendered) event;
    }

    private DeliveryFailed failed(Envelope<SourceChanged> source) throws Exception {
        DeliveryEvent event = builds.render((RenderDecision.Render) decide(source));
        assertThat(event).isInstanceOf(DeliveryFailed.class);
        return (DeliveryFailed) event;
    }

    private RenderDecision decide(Envelope<SourceChanged> source) {
        ObjectNode spec =
                JsonTrees.toObject(
                        YamlReader.MANIFEST.read(
                                """
                                interval: 1m
                                prune: true
                                path: ./app
                                sourceRef: {kind: GitRepository, name: src}
                                """));
        return RenderDecision.of(
                Optional.of(new WantedDelivery(ID, "uid", 1, spec, SOURCE, null, false)),
                Optional.of(source),
                said);
    }

    private Envelope<SourceChanged> artifact(long sequence, Map<String, String> files)
            throws Exception {
        ArtifactBuilder builder = new ArtifactBuilder(ArtifactLimits.DEFAULT);
        for (Map.Entry<String, String> file : files.entrySet()) {
            builder.file(file.getKey(), false, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        var saved = store.save(builder);
        ArtifactRef artifact =
                new ArtifactRef("main@" + sequence, saved.archive().value(), saved.size(), null);
        return new Envelope<>(
                "id",
                Instant.EPOCH,
                "test",
                "id",
                "id",
                null,
                new SourceChanged(SOURCE, sequence, artifact, null));
    }
}
