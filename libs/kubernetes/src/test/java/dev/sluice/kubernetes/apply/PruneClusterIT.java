package dev.sluice.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.LiveCluster;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruneClusterIT {

    private final String namespace = LiveCluster.namespace("prune");
    private final Owner owner = Owner.kustomization(namespace, "app");
    private final StagedApply engine =
            new StagedApply(
                    LiveCluster.cluster(),
                    "kustomize-controller",
                    new KeyedDigest(new byte[32]),
                    4);
    private final Prune prune = new Prune(LiveCluster.cluster());

    @Test
    void deletesWhatIsOursAndKeepsWhatASwitchOrAnotherOwnerKeeps() {
        KubernetesObject kept = map("kept");
        kept.putLabel("kustomize.toolkit.fluxcd.io/prune", "Disabled");
        Inventory old = apply(owner, map("gone"), kept, map("moved"), map("stays"));
        apply(Owner.kustomization(namespace, "other"), map("moved"));
        Inventory fresh = apply(owner, map("stays"));

        PruneReport report = prune.run(old.minus(fresh), owner);

        assertThat(report.deleted()).extracting(ObjectId::name).containsExactly("gone");
        assertThat(report.kept())
                .extracting(ObjectId::name)
                .containsExactlyInAnyOrder("kept", "moved");
        assertThat(names()).contains("kept", "moved", "stays").doesNotContain("gone");
    }

    @Test
    void findsObjectsWhoseRecordedVersionIsNoLongerServed() {
        KubernetesObject revision =
                LiveCluster.object(
                        """
                        {"apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 1, "data": {"x": "y"},
                         "metadata": {"name": "old", "namespace": "%s"}}
                        """
                                .formatted(namespace));
        apply(owner, revision);
        Inventory old =
                Inventory.parse(Map.of(namespace + "_old_apps_ControllerRevision", "v1beta1"));

        PruneReport report = prune.run(old, owner);

        assertThat(report.deleted()).hasSize(1);
        assertThat(
                        LiveCluster.read(
                                "/apis/apps/v1/namespaces/"
                                        + namespace
                                        + "/controllerrevisions/old"))
                .isEmpty();
    }

    @Test
    void whatIsGoneAlreadyIsDone() {
        Inventory never =
                Inventory.parse(
                        Map.of(
                                namespace + "_x__ConfigMap",
                                "v1",
                                "_y_none.example.com_Thing",
                                "v1"));

        PruneReport report = prune.run(never, owner);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.deleted()).hasSize(2);
    }

    @Test
    void tellsOfAnObjectThatIsNotThereOnlyWhereItOnceWas() {
        Inventory gone =
                Inventory.parse(
                        Map.of(
                                namespace + "_removed-by-hand__ConfigMap",
                                "v1",
                                namespace + "_never-came-to-be__ConfigMap",
                                "v1"));

        PruneReport report = prune.run(gone, owner);

        assertThat(report.changes(id -> id.name().equals("removed-by-hand")))
                .extracting(ObjectChange::object)
                .containsExactly("ConfigMap/" + namespace + "/removed-by-hand");
    }

    @Test
    void waitsUntilObjectsAreGoneAndTellsWhichAreNot() throws Exception {
        KubernetesObject held = map("held");
        held.tree().withObject("/metadata").putArray("finalizers").add("example.com/hold");
        Inventory both = apply(owner, held, map("free"));
        prune.run(both, owner);

        List<ObjectId> left = prune.awaitGone(both, Duration.ofMillis(500));

        assertThat(left).extracting(ObjectId::name).containsExactly("held");
        LiveCluster.patch(path("held"), "test", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(prune.awaitGone(both, Duration.ofSeconds(20))).isEmpty();
    }

    private Inventory apply(Owner as, KubernetesObject... objects) {
        ApplyReport report = engine.run(ApplyRequest.of(Arrays.asList(objects), as));
        assertThat(report.message()).isEmpty();
        return Inventory.of(report.applied());
    }

    private KubernetesObject map(String name) {
        return LiveCluster.map(namespace, name, "1");
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + namespace + "/configmaps/" + name;
    }

    private List<String> names() {
        return LiveCluster.read("/api/v1/namespaces/" + namespace + "/configmaps")
                .findParents("data")
                .stream()
                .map(o -> o.at("/metadata/name").asText())
                .toList();
    }
}
