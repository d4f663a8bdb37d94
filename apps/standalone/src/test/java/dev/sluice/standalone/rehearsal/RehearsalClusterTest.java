package dev.sluice.standalone.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the cluster in memory sees what it would see of a real one. */
class RehearsalClusterTest {

    @TempDir Path folder;

    private RehearsalCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = new RehearsalCluster(folder);
        client = new KubernetesClientBuilder().withConfig(cluster.access()).build();
    }

    @AfterEach
    void end() {
        client.close();
        cluster.close();
    }

    @Test
    void whatIsAppliedBelongsToItsManagerUntilSomebodyElseChangesIt() {
        ConfigMap applied = apply("one");
        assertThat(owned(applied)).contains("f:key");

        patch("by hand");

        ConfigMap changed = client.configMaps().inNamespace("a").withName("settings").get();
        assertThat(changed.getData()).containsEntry("key", "by hand");
        assertThat(owned(changed)).doesNotContain("f:key");
        assertThat(changed.getMetadata().getUid()).isEqualTo(applied.getMetadata().getUid());
    }

    @Test
    void applyingTheSameTwiceLeavesTheObjectAsItIs() {
        ConfigMap first = apply("one");
        ConfigMap second = apply("one");
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void aWatchTellsWhatHappensAfterItsBeginning() throws InterruptedException {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Watch _ =
                client.configMaps()
                        .inNamespace("a")
                        .watch(
                                new Watcher<>() {
                                    @Override
                                    public void eventReceived(Action action, ConfigMap object) {
                                        seen.add(action + " " + object.getData().get("key"));
                                    }

                                    @Override
                                    public void onClose(WatcherException cause) {}
                                })) {
            apply("one");
            patch("two");
            client.configMaps().inNamespace("a").withName("settings").delete();
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("ADDED one");
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("MODIFIED two");
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETED two");
        }
        assertThat(client.configMaps().inNamespace("a").list().getItems()).isEmpty();
    }

    private ConfigMap apply(String value) {
        return client.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace("a")
                                .withName("settings")
                                .endMetadata()
                                .addToData("key", value)
                                .build())
                .fieldManager("somebody")
                .serverSideApply();
    }

    private void patch(String value) {
        client.configMaps()
                .inNamespace("a")
                .withName("settings")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"data\":{\"key\":\"%s\"}}".formatted(value));
    }

    private static String owned(ConfigMap object) {
        return object.getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getFieldsV1)
                .map(String::valueOf)
                .toList()
                .toString();
    }
}
