package dev.sluice.applier.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.quota.TenantQuota;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.quotas.Quotas;
import org.junit.jupiter.api.Test;

class ReleaseLimitsTest {

    private static final String TWO =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: one}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: two}
            """;

    private final Quotas quotas = new Quotas();
    private final ReleaseLimits limits = new ReleaseLimits(quotas);

    @Test
    void aReleaseMayHoldAsManyObjectsAsTheQuotaOfItsNamespaceSays() throws Exception {
        quotas.put(quota(2));
        assertThat(render("team-a")).contains("name: one", "name: two");

        quotas.put(quota(1));
        BuildException refused = catchThrowableOfType(BuildException.class, () -> render("team-a"));
        assertThat(limits.said("team-a", refused)).contains("'tight'", "platform@example.com");
        assertThatThrownBy(() -> render("team-a")).hasMessageContaining("1");
        assertThat(render("team-b")).contains("name: two");
    }

    private String render(String namespace) throws Exception {
        HelmRelease release =
                FluxJson.read(
                        json(
                                """
                                {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
                                 "metadata": {"name": "app", "namespace": "%s"},
                                 "spec": {"interval": "10m"}}\
                                """
                                        .formatted(namespace)),
                        HelmRelease.class);
        return limits.rendering(namespace).render(TWO, release.spec(), namespace, "app");
    }

    private static TenantQuota quota(int objects) throws Exception {
        return FluxJson.read(
                json(
                        """
                        {"apiVersion": "sluice.dev/v1", "kind": "TenantQuota",
                         "metadata": {"name": "tight", "namespace": "flux-system"},
                         "spec": {"namespaces": ["team-a"], "objects": %d,
                                  "contact": "platform@example.com"}}\
                        """
                                .formatted(objects)),
                TenantQuota.class);
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
