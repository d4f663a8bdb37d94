package dev.sluice.helm.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.kustomize.api.BuildLimits;
import org.junit.jupiter.api.Test;

class PostRenderingTest {

    private static final String MANIFEST =
            "---\n# Source: app/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {team: own}}\n";

    @Test
    void keepsTheOrderThatHelmMakesObjectsIn() throws Exception {
        String manifest =
                "kind: Secret\napiVersion: v1\nmetadata: {name: b}\n---\n"
                        + "kind: Widget\napiVersion: a/v1\nmetadata: {name: c}\n---\n"
                        + "kind: ServiceAccount\napiVersion: v1\nmetadata: {name: a}\n";

        assertThat(
                        new PostRendering(BuildLimits.DEFAULT)
                                .render(manifest, spec("{'interval':'1m'}"), "ns", "hr"))
                .containsSubsequence("kind: Secret", "kind: Widget", "kind: ServiceAccount");
    }

    @Test
    void theOriginIsMarkedAndNothingOverwritesIt() throws Exception {
        HelmReleaseSpec spec =
                spec(
                        "{'interval':'1m','commonMetadata':{'labels':{'team':'common','helm.toolkit.fluxcd.io/name':'other'},'annotations':{'note':'x'}}}");

        String rendered = new PostRendering(BuildLimits.DEFAULT).render(MANIFEST, spec, "ns", "hr");

        assertThat(rendered)
                .isEqualTo(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          annotations:
                            note: x
                          labels:
                            helm.toolkit.fluxcd.io/name: hr
                            helm.toolkit.fluxcd.io/namespace: ns
                            team: common
                          name: a
                        """);
    }

    @Test
    void patchesComeBeforeCommonMetadata() throws Exception {
        HelmReleaseSpec spec =
                spec(
                        "{'interval':'1m','commonMetadata':{'labels':{'team':'common'}},'postRenderers':[{'kustomize':{'patches':[{'target':{'kind':'ConfigMap'},'patch':'- {op: add, path: /data, value: {k: v}}'}]}}]}");

        String rendered = new PostRendering(BuildLimits.DEFAULT).render(MANIFEST, spec, "ns", "hr");

        assertThat(rendered).contains("data:\n  k: v\n").contains("team: common");
    }

    @Test
    void aChartThatRendersNothingStaysSo() throws Exception {
        assertThat(
                        new PostRendering(BuildLimits.DEFAULT)
                                .render("\n", spec("{'interval':'1m'}"), "ns", "hr"))
                .isBlank();
    }

    private static HelmReleaseSpec spec(String json) throws Exception {
        return FluxJson.read(
                new ObjectMapper().readTree(json.replace('\'', '"')), HelmReleaseSpec.class);
    }
}
