package dev.sluice.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.LiveCluster;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredFieldsClusterIT {

    private final String namespace = LiveCluster.namespace("ignored");
    private final String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments/web";
    private final StagedApply engine =
            new StagedApply(
                    LiveCluster.cluster(),
                    "kustomize-controller",
                    new KeyedDigest(new byte[32]),
                    4);

    @Test
    void takesTheValueOfGitWhenItCreatesAndTheLiveOneFromThenOn() throws Exception {
        assertThat(apply(2, "one").changes()).hasSize(1);
        assertThat(LiveCluster.read(path).at("/spec/replicas").asInt()).isEqualTo(2);

        LiveCluster.patch(path + "/scale", "hpa", "{\"spec\":{\"replicas\":5}}");
        ApplyReport same = apply(2, "one");
        ApplyReport changed = apply(3, "two");

        assertThat(same.changes()).isEmpty();
        assertThat(changed.changes())
                .containsExactly(
                        new ObjectChange(
                                "Deployment/" + namespace + "/web",
                                ObjectChange.Action.CONFIGURED));
        assertThat(LiveCluster.read(path).at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(LiveCluster.read(path).at("/spec/template/spec/containers/0/image").asText())
                .isEqualTo("two");
    }

    private ApplyReport apply(int replicas, String image) throws Exception {
        KubernetesObject web =
                LiveCluster.object(
                        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'NS'},'spec':{'replicas':R,'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'main','image':'I'}]}}}}"
                                .replace("NS", namespace)
                                .replace(":R,", ":" + replicas + ",")
                                .replace("'I'", "'" + image + "'")
                                .replace('\'', '"'));
        return engine.run(
                ApplyRequest.of(List.of(web), Owner.kustomization(namespace, "app"))
                        .withIgnored(
                                IgnoredFields.parse(
                                        LiveCluster.JSON.readTree(
                                                "[{\"paths\":[\"/spec/replicas\"],\"target\":{\"kind\":\"Deployment\"}}]"))));
    }
}
