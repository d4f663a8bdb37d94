package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.DriftedObject;
import dev.sluice.events.DriftedObject.How;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.manifests.KubernetesObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftClusterIT {

    private static final String WEB = "/apis/apps/v1/namespaces/default/deployments/web";
    private static final String MAP = "/api/v1/namespaces/default/configmaps/map";

    private DriftRig rig;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        rig = new DriftRig(directory.resolve("plane"));
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    /** Each test starts from the applied state, with nothing left to be told. */
    @BeforeEach
    void apply() throws Exception {
        rig.apply(web(), map("1"));
        settle();
    }

    @Test
    void tellsWhoScaledADeployment() throws Exception {
        rig.merge(WEB + "/scale", "kubectl", "{\"spec\":{\"replicas\":3}}");

        DriftedObject drift = rig.next();

        assertThat(drift.how()).isEqualTo(How.EDITED);
        assertThat(drift.id()).isEqualTo("default_web_apps_Deployment");
        assertThat(drift.fields()).containsExactly(".spec.replicas");
        assertThat(drift.who()).isEqualTo("kubectl");
    }

    @Test
    void tellsOfAnImageThatWasSet() throws Exception {
        rig.patch(
                WEB,
                "someone",
                "application/strategic-merge-patch+json",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"evil\"}]}}}}");

        DriftedObject drift = rig.next();

        assertThat(drift.fields())
                .containsExactly(".spec.template.spec.containers[name=main].image");
        assertThat(drift.who()).isEqualTo("someone");
    }

    @Test
    void tellsOfALabelThatWasTakenAway() throws Exception {
        rig.merge(MAP, "someone", "{\"metadata\":{\"labels\":{\"team\":null}}}");

        assertThat(rig.next().fields()).containsExactly(".metadata.labels.team");
    }

    @Test
    void tellsOfAnOwnerLabelThatWasTakenAway() throws Exception {
        rig.merge(
                MAP,
                "someone",
                "{\"metadata\":{\"labels\":{\"kustomize.toolkit.fluxcd.io/name\":null}}}");

        DriftedObject drift = rig.next();

        assertThat(drift.how()).isEqualTo(How.EDITED);
        assertThat(drift.fields())
                .containsExactly(".metadata.labels[kustomize.toolkit.fluxcd.io/name]");
    }

    @Test
    void tellsOfDeletedObjects() throws Exception {
        rig.send(ApiRequest.delete(MAP, "{}"));

        DriftedObject drift = rig.next();

        assertThat(drift.how()).isEqualTo(How.DELETED);
        assertThat(drift.id()).isEqualTo("default_map__ConfigMap");
    }

    @Test
    void tellsOfStrippedManagedFields() throws Exception {
        rig.merge(MAP, "someone", "{\"metadata\":{\"managedFields\":[{}]}}");

        assertThat(rig.next().how()).isEqualTo(How.EDITED);
    }

    @Test
    void tellsOfOwnershipThatWasForced() throws Exception {
        rig.patch(
                MAP,
                "other&force=true",
                ApiRequest.APPLY,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"map\"},\"data\":{\"v\":\"theirs\"}}");

        DriftedObject drift = rig.next();

        assertThat(drift.who()).isEqualTo("other");
        assertThat(drift.fields()).containsExactly(".data.v");
    }

    @Test
    void tellsOfKubectlEvenWhereItOnlyAdds() throws Exception {
        rig.merge(MAP, "kubectl-edit", "{\"data\":{\"by-hand\":\"x\"}}");

        DriftedObject drift = rig.next();

        assertThat(drift.how()).isEqualTo(How.FOREIGN_MANAGER);
        assertThat(drift.who()).isEqualTo("kubectl-edit");
    }

    @Test
    void staysQuietAboutWhatIsNoDrift() throws Exception {
        rig.merge(WEB, "someone", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        rig.merge(WEB + "/status", "controller", "{\"status\":{\"replicas\":1}}");
        rig.merge(MAP, "operator", "{\"data\":{\"extra\":\"x\"}}");
        rig.merge(MAP, "someone", "{\"data\":{\"v\":\"1\"}}");
        rig.patch(
                WEB,
                "someone",
                "application/strategic-merge-patch+json",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"env\":[{\"name\":\"B\",\"value\":\"2\"}]}]}}}}");

        assertQuiet();
    }

    @Test
    void staysQuietWhileARecordOfOurOwnApplyIsOnItsWay() throws Exception {
        KubernetesObject more = map("2");
        more.tree().withObject("/data").put("more", "yes");

        ApplyReport report = rig.applyQuietly(more);

        assertQuiet();
        rig.record(report);
        assertQuiet();
    }

    @Test
    void staysQuietAboutSuspendedDeliveries() throws Exception {
        rig.kustomization("{\"spec\":{\"suspend\":true}}");
        rig.merge(MAP, "someone", "{\"data\":{\"v\":\"x\"}}");

        assertQuiet();

        rig.kustomization("{\"spec\":{\"suspend\":false}}");
        assertThat(rig.next().fields()).containsExactly(".data.v");
    }

    @Test
    void staysQuietAboutObjectsThatAreSwitchedOff() throws Exception {
        rig.merge(
                MAP,
                "someone",
                "{\"metadata\":{\"annotations\":{\"kustomize.toolkit.fluxcd.io/reconcile\":\"disabled\"}},\"data\":{\"v\":\"x\"}}");

        assertQuiet();
        rig.merge(
                MAP,
                "someone",
                "{\"metadata\":{\"annotations\":{\"kustomize.toolkit.fluxcd.io/reconcile\":null}}}");
        assertThat(rig.next().how()).isEqualTo(How.EDITED);
    }

    @Test
    void staysQuietAboutFieldsThatOthersMayChange() throws Exception {
        rig.kustomization(
                "{\"spec\":{\"ignore\":[{\"paths\":[\"/data/v\"],\"target\":{\"kind\":\"ConfigMap\"}}]}}");
        rig.merge(MAP, "someone", "{\"data\":{\"v\":\"x\"}}");

        assertQuiet();
        rig.kustomization("{\"spec\":{\"ignore\":null}}");
        assertThat(rig.next().fields()).containsExactly(".data.v");
    }

    @Test
    void tellsOnceWhereThePolicyIsToWarnAndAgainWhereItIsNot() throws Exception {
        rig.kustomization("{\"metadata\":{\"annotations\":{\"sluice.dev/drift\":\"warn\"}}}");
        rig.merge(MAP, "someone", "{\"data\":{\"v\":\"x\"}}");

        assertThat(rig.next().fields()).containsExactly(".data.v");
        assertQuiet();
        rig.kustomization("{\"metadata\":{\"annotations\":{\"sluice.dev/drift\":null}}}");
        assertThat(rig.next().fields()).containsExactly(".data.v");
    }

    @Test
    void seesAnotherClusterThroughAKubeconfig() throws Exception {
        rig.kustomization("{\"spec\":{\"kubeConfig\":{\"secretRef\":{\"name\":\"other\"}}}}");
        rig.merge(MAP, "someone", "{\"data\":{\"v\":\"x\"}}");
        assertQuiet();

        rig.secretWithKubeconfig("other");

        assertThat(rig.next().who()).isEqualTo("someone");
        rig.kustomization("{\"spec\":{\"kubeConfig\":null}}");
    }

    private void assertQuiet() throws Exception {
        assertThat(rig.reports.poll(700, TimeUnit.MILLISECONDS)).isNull();
    }

    private void settle() throws Exception {
        while (rig.reports.poll(300, TimeUnit.MILLISECONDS) != null) {
            rig.apply(web(), map("1"));
        }
    }

    private static KubernetesObject web() throws Exception {
        return DriftRig.object(
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'default'},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},"
                        + "'spec':{'containers':[{'name':'main','image':'x','env':[{'name':'A','value':'1'}]}]}}}}");
    }

    private static KubernetesObject map(String value) throws Exception {
        return DriftRig.object(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'map','namespace':'default','labels':{'team':'a'}},'data':{'v':'VALUE'}}"
                        .replace("VALUE", value));
    }
}
