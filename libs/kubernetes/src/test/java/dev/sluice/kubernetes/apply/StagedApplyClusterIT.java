package dev.sluice.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.ObjectChange.Action;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.LiveCluster;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StagedApplyClusterIT {

    private static final String MANAGER = "kustomize-controller";
    private final String namespace = LiveCluster.namespace("apply");
    private final Owner owner = Owner.kustomization(namespace, "app");
    private final StagedApply engine =
            new StagedApply(LiveCluster.cluster(), MANAGER, new KeyedDigest(new byte[32]), 4);

    @Test
    void createsThenConfiguresThenLeavesAlone() {
        ApplyReport first = apply(map("a", "1"), map("b", "1"));
        ApplyReport second = apply(map("a", "2"), map("b", "1"));

        assertThat(first.changes())
                .containsExactly(change("a", Action.CREATED), change("b", Action.CREATED));
        assertThat(second.changes()).containsExactly(change("a", Action.CONFIGURED));
        assertThat(live("a").at("/data/v").asText()).isEqualTo("2");
        assertThat(live("a").at("/metadata/labels").toString())
                .isEqualTo(
                        "{\"kustomize.toolkit.fluxcd.io/name\":\"app\",\"kustomize.toolkit.fluxcd.io/namespace\":\""
                                + namespace
                                + "\"}");
        assertThat(second.applied())
                .extracting(AppliedObject::resourceVersion)
                .containsExactly(version("a"), version("b"));
    }

    @Test
    void takesKnownObjectsAsTheyAreAndAppliesTheOthers() {
        ApplyReport first = apply(map("a", "1"), map("b", "1"));
        LiveCluster.patch(path("a"), "someone", "{\"data\":{\"v\":\"edited\"}}");
        LiveCluster.patch(path("b"), "someone", "{\"data\":{\"v\":\"edited\"}}");

        ApplyRequest request = request(map("a", "1"), map("b", "1")).withKnown(known(first, "a"));
        ApplyReport second = engine.run(request);

        assertThat(second.changes()).containsExactly(change("b", Action.CONFIGURED));
        assertThat(live("a").at("/data/v").asText()).isEqualTo("edited");
        assertThat(live("b").at("/data/v").asText()).isEqualTo("1");
        assertThat(second.applied()).hasSize(2);
    }

    @Test
    void oneInvalidObjectKeepsItsWholeStageAway() {
        KubernetesObject bad =
                object(
                        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'bad','namespace':'NS'},"
                                + "'spec':{'clusterIP':'None','ports':[{'port':99999}]}}");

        ApplyReport report = apply(map("a", "1"), bad, map("z", "1"));

        assertThat(report.succeeded()).isFalse();
        assertThat(report.failures())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.failure().sort()).isEqualTo(Sort.INVALID);
                    assertThat(f.message())
                            .startsWith("Service/" + namespace + "/bad dry-run failed (Invalid): ");
                });
        assertThat(live("a")).isEmpty();
        assertThat(live("z")).isEmpty();
        assertThat(report.applied()).isEmpty();
    }

    @Test
    void aNewObjectIsTakenAwayAgainAndAnOldOneStaysWhereAnotherIsRefused() {
        apply(map("old", "1"));
        KubernetesObject bad =
                object(
                        "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'bad','namespace':'NS'},"
                                + "'spec':{'minAvailable':'x'}}");

        ApplyReport report = apply(map("new", "1"), map("old", "2"), bad);

        assertThat(report.failures()).singleElement();
        assertThat(report.applied()).isEmpty();
        assertThat(live("new")).isEmpty();
        assertThat(live("old").at("/data/v").asText()).isEqualTo("1");
    }

    @Test
    void allRefusalsOfAStageAreTold() {
        KubernetesObject wrongMap =
                object(
                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','namespace':'NS'},'data':{'bad key':'x'}}");
        KubernetesObject wrongQuota =
                object(
                        "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q','namespace':'NS'},'spec':{'hard':{'pods':'-1'}}}");
        KubernetesObject wrongBudget =
                object(
                        "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'b','namespace':'NS'},"
                                + "'spec':{'minAvailable':'x'}}");

        ApplyReport report = apply(wrongMap, wrongQuota, wrongBudget);

        assertThat(report.failures())
                .extracting(f -> f.id().name())
                .containsExactlyInAnyOrder("m", "q", "b");
    }

    @Test
    void whatWasChangedSinceWeWroteItIsLookedAtBeforeItIsWritten() {
        ApplyReport first = apply(map("a", "1"), map("b", "1"), map("c", "1"));
        LiveCluster.patch(
                path("a"),
                "kubectl-annotate",
                "{\"metadata\":{\"annotations\":{\"kustomize.toolkit.fluxcd.io/reconcile\":\"disabled\"}}}");
        LiveCluster.patch(path("b"), "kubectl-edit", "{\"data\":{\"extra\":\"y\"}}");

        ApplyReport second =
                engine.run(
                        request(map("a", "2"), map("b", "2"), map("c", "2"))
                                .withKnown(known(first)));

        assertThat(second.message()).isEmpty();
        assertThat(live("a").at("/data/v").asText()).isEqualTo("1");
        assertThat(live("b").path("data").toString()).isEqualTo("{\"v\":\"2\"}");
        assertThat(live("c").at("/data/v").asText()).isEqualTo("2");
        assertThat(managers("c")).containsExactly(MANAGER);
    }

    @Test
    void bringsADefinitionANamespaceAndWhatNeedsThemInOneGo() {
        String group = namespace + ".example.com";
        KubernetesObject widget =
                object(
                        "{'apiVersion':'GROUP/v1','kind':'Widget','metadata':{'name':'w','namespace':'NS-made'},'spec':{'size':'1024Mi'}}"
                                .replace("GROUP", group));
        KubernetesObject inside =
                object(
                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'in','namespace':'NS-made'}}");
        KubernetesObject made =
                object("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'NS-made'}}");
        KubernetesObject definition =
                object(
                        ("{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'widgets.GROUP'},"
                                        + "'spec':{'group':'GROUP','scope':'Namespaced','names':{'plural':'widgets','singular':'widget','kind':'Widget','listKind':'WidgetList'},"
                                        + "'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}")
                                .replace("GROUP", group));

        ApplyReport report = apply(widget, inside, made, definition);

        assertThat(report.message()).isEmpty();
        assertThat(report.changes()).extracting(ObjectChange::action).containsOnly(Action.CREATED);
        assertThat(
                        LiveCluster.read(
                                        "/apis/"
                                                + group
                                                + "/v1/namespaces/"
                                                + namespace
                                                + "-made/widgets/w")
                                .at("/spec/size")
                                .asText())
                .isEqualTo("1024Mi");
    }

    @Test
    void takesOverWhatKubectlOwnsAndKeepsWhatOthersOwn() {
        apply(map("a", "1"), map("b", "1"));
        LiveCluster.patch(
                path("a"),
                "kubectl-edit",
                "{\"data\":{\"v\":\"x\",\"extra\":\"y\"},\"metadata\":{\"annotations\":{\"n\":\"o\"}}}");
        LiveCluster.patch(path("b"), "operator", "{\"data\":{\"extra\":\"y\"}}");

        ApplyReport report = apply(map("a", "1"), map("b", "1"));

        assertThat(live("a").path("data").toString()).isEqualTo("{\"v\":\"1\"}");
        assertThat(live("a").at("/metadata/annotations").isMissingNode()).isTrue();
        assertThat(managers("a")).containsExactly(MANAGER);
        assertThat(live("b").path("data").toString()).isEqualTo("{\"extra\":\"y\",\"v\":\"1\"}");
        assertThat(report.changes()).containsExactly(change("a", Action.CONFIGURED));
    }

    @Test
    void takesOverWhatWasAppliedOnTheClientSide() {
        LiveCluster.send(
                ApiRequest.post(
                        "/api/v1/namespaces/"
                                + namespace
                                + "/configmaps?fieldManager=kubectl-client-side-apply",
                        "{\"metadata\":{\"name\":\"a\",\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{}\"}},\"data\":{\"v\":\"0\",\"old\":\"x\"}}"));

        apply(map("a", "1"));

        assertThat(live("a").path("data").toString()).isEqualTo("{\"v\":\"1\"}");
        assertThat(live("a").at("/metadata/annotations").isMissingNode()).isTrue();
        assertThat(managers("a")).containsExactly(MANAGER);
    }

    @Test
    void heedsTheSwitchesOfWantedAndLiveObjects() {
        KubernetesObject once = annotated("once", "1", "ssa", "IfNotPresent");
        KubernetesObject never = annotated("never", "1", "ssa", "ignore");
        KubernetesObject merge = annotated("merge", "1", "ssa", "Merge");
        apply(once, never, merge, map("off", "1"));
        for (String name : List.of("once", "merge")) {
            LiveCluster.patch(path(name), "kubectl-edit", "{\"data\":{\"by\":\"kubectl\"}}");
        }
        LiveCluster.patch(
                path("off"),
                "kubectl-annotate",
                "{\"metadata\":{\"annotations\":{\"kustomize.toolkit.fluxcd.io/reconcile\":\"Disabled\"}}}");

        ApplyReport report =
                apply(
                        annotated("once", "2", "ssa", "IfNotPresent"),
                        annotated("never", "2", "ssa", "Ignore"),
                        annotated("merge", "2", "ssa", "Merge"),
                        map("off", "2"));

        assertThat(live("once").path("data").toString())
                .isEqualTo("{\"by\":\"kubectl\",\"v\":\"1\"}");
        assertThat(live("never")).isEmpty();
        assertThat(live("merge").path("data").toString())
                .isEqualTo("{\"by\":\"kubectl\",\"v\":\"2\"}");
        assertThat(live("off").path("data").toString()).isEqualTo("{\"v\":\"1\"}");
        assertThat(report.applied()).hasSize(4);
        assertThat(report.results().stream().filter(ObjectResult.Skipped.class::isInstance))
                .hasSize(3);
    }

    @Test
    void aLoneObjectThatIsSwitchedOffInTheClusterIsLeftAlone() {
        apply(map("off", "1"));
        LiveCluster.patch(
                path("off"),
                "kubectl-annotate",
                "{\"metadata\":{\"annotations\":{\"kustomize.toolkit.fluxcd.io/reconcile\":\"disabled\"}}}");

        apply(map("off", "2"));

        assertThat(live("off").at("/data/v").asText()).isEqualTo("1");
    }

    @Test
    void replacesOnlyWhatCannotBeChangedAndOnlyWhenForced() {
        apply(fixed("a", "1"), map("b", "1"));
        String uid = live("a").at("/metadata/uid").asText();

        ApplyReport refused = apply(fixed("a", "2"), map("b", "2"));
        assertThat(refused.failures())
                .extracting(f -> f.failure().sort())
                .containsExactly(Sort.IMMUTABLE);
        assertThat(live("b").at("/data/v").asText()).isEqualTo("1");

        ApplyReport forced = engine.run(request(fixed("a", "2"), map("b", "2")).withForce(true));
        assertThat(forced.message()).isEmpty();
        assertThat(live("a").at("/data/v").asText()).isEqualTo("2");
        assertThat(live("a").at("/metadata/uid").asText()).isNotEqualTo(uid);
    }

    @Test
    void aPlainMistakeDeletesNothingEvenWhenForced() {
        apply(map("a", "1"));
        String uid = live("a").at("/metadata/uid").asText();
        KubernetesObject wrong =
                object(
                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','namespace':'NS'},'data':{'bad key':'x'}}");

        ApplyReport report = engine.run(request(wrong).withForce(true));

        assertThat(report.failures())
                .extracting(f -> f.failure().sort())
                .containsExactly(Sort.INVALID);
        assertThat(live("a").at("/metadata/uid").asText()).isEqualTo(uid);
    }

    @Test
    void anUnknownKindFailsItsStageAndNamesTheKind() {
        ApplyReport report =
                apply(
                        object(
                                "{'apiVersion':'none.example.com/v1','kind':'Thing','metadata':{'name':'t','namespace':'NS'}}"),
                        map("a", "1"));

        assertThat(report.message())
                .isEqualTo(
                        "Thing/"
                                + namespace
                                + "/t dry-run failed: no matches for kind \"Thing\" in version \"none.example.com/v1\"");
        assertThat(live("a")).isEmpty();
    }

    @Test
    void sendsBuiltInKindsAsATypedClientWould() {
        KubernetesObject web =
                object(
                        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'NS'},'spec':{'replica':3,'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'creationTimestamp':null,'labels':{'app':'web'}},"
                                + "'spec':{'containers':[{'name':'main','image':'x','imagePullPolcy':'Always','resources':{'limits':{'cpu':'1000m'},'requests':{'memory':'0.5Gi'}},'ports':[{'containerPort':80}]}]}}},'status':{'replicas':9}}");
        KubernetesObject secret =
                object(
                        "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s','namespace':'NS'},'data':{'old':'b2xk','both':'b2xk'},'stringData':{'both':'new'}}");

        ApplyReport report = apply(web, secret);

        assertThat(report.message()).isEmpty();
        ObjectNode live =
                LiveCluster.read("/apis/apps/v1/namespaces/" + namespace + "/deployments/web");
        assertThat(live.at("/spec/template/spec/containers/0/resources").toString())
                .isEqualTo("{\"limits\":{\"cpu\":\"1\"},\"requests\":{\"memory\":\"512Mi\"}}");
        assertThat(live.at("/metadata/managedFields/0/fieldsV1/f:spec/f:strategy").isMissingNode())
                .isFalse();
        assertThat(
                        LiveCluster.read("/api/v1/namespaces/" + namespace + "/secrets/s")
                                .path("data")
                                .toString())
                .isEqualTo("{\"both\":\"bmV3\",\"old\":\"b2xk\"}");
    }

    @Test
    void actsAsTheServiceAccountThatItIsGiven() {
        StagedApply restricted =
                new StagedApply(
                        LiveCluster.cluster()
                                .actingAs("system:serviceaccount:" + namespace + ":nobody"),
                        MANAGER,
                        new KeyedDigest(new byte[32]),
                        4);

        ApplyReport report = restricted.run(request(map("a", "1"), map("b", "1")));

        assertThat(report.failures())
                .extracting(f -> f.failure().sort())
                .containsOnly(Sort.FORBIDDEN);
    }

    private ApplyReport apply(KubernetesObject... objects) {
        return engine.run(request(objects));
    }

    private ApplyRequest request(KubernetesObject... objects) {
        return ApplyRequest.of(Arrays.asList(objects), owner);
    }

    private Map<ObjectId, AppliedObject> known(ApplyReport report, String name) {
        return report.applied().stream()
                .filter(o -> ObjectId.parse(o.id()).name().equals(name))
                .collect(Collectors.toMap(o -> ObjectId.parse(o.id()), Function.identity()));
    }

    private static Map<ObjectId, AppliedObject> known(ApplyReport report) {
        return report.applied().stream()
                .collect(Collectors.toMap(o -> ObjectId.parse(o.id()), Function.identity()));
    }

    private KubernetesObject map(String name, String value) {
        return LiveCluster.map(namespace, name, value);
    }

    private KubernetesObject annotated(String name, String value, String key, String mode) {
        KubernetesObject map = map(name, value);
        map.putAnnotation("kustomize.toolkit.fluxcd.io/" + key, mode);
        return map;
    }

    private KubernetesObject fixed(String name, String value) {
        KubernetesObject map = map(name, value);
        map.tree().put("immutable", true);
        return map;
    }

    private KubernetesObject object(String json) {
        return LiveCluster.object(json.replace('\'', '"').replace("NS", namespace));
    }

    private ObjectChange change(String name, Action action) {
        return new ObjectChange("ConfigMap/" + namespace + '/' + name, action);
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + namespace + "/configmaps/" + name;
    }

    private ObjectNode live(String name) {
        return LiveCluster.read(path(name));
    }

    private String version(String name) {
        return live(name).at("/metadata/resourceVersion").asText();
    }

    private List<String> managers(String name) {
        return live(name).at("/metadata/managedFields").findValuesAsText("manager");
    }
}
