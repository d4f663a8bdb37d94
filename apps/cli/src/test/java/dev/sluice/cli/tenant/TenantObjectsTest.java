package dev.sluice.cli.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantObjectsTest {

    @Test
    void aTenantHasRightsInItsNamespacesAndNowhereElse() {
        List<ObjectNode> objects =
                TenantObjects.of(
                        new Tenant(
                                "team-a",
                                List.of("apps", "jobs"),
                                "cluster-admin",
                                null,
                                null,
                                Tenant.Quota.NONE));

        assertThat(objects)
                .extracting(o -> o.path("kind").asText())
                .containsExactly(
                        "Namespace",
                        "ServiceAccount",
                        "RoleBinding",
                        "Namespace",
                        "ServiceAccount",
                        "RoleBinding");
        assertThat(objects)
                .allMatch(o ->
                        o.at("/metadata/labels/toolkit.fluxcd.io~1tenant")
                                .asText()
                                .equals("team-a"));
        assertThat(objects.get(2).toString()).contains("gotk:apps:reconciler");
    }

    @Test
    void itsDeliveryActsInItsNameWithItsOwnKeys() {
        List<ObjectNode> objects =
                TenantObjects.of(
                        new Tenant(
                                "team-a",
                                List.of("apps"),
                                "edit",
                                new Tenant.Repository(
                                        "https://example.com/a.git", "main", "./deploy", "git"),
                                "keys",
                                new Tenant.Quota(50, 10, "20Mi", "10s", "platform@example.com")));

        ObjectNode kustomization = objects.getLast();
        assertThat(kustomization.at("/spec/serviceAccountName").asText()).isEqualTo("team-a");
        assertThat(kustomization.at("/spec/decryption/secretRef/name").asText()).isEqualTo("keys");
        assertThat(kustomization.at("/spec/targetNamespace").asText()).isEqualTo("apps");
        assertThat(objects)
                .anySatisfy(quota ->
                        assertThat(quota.at("/spec/hard/configmaps").asText()).isEqualTo("50"));
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatThrownBy(() -> new Tenant("Team A", List.of("apps"), "edit", null, null, null))
                .hasMessageContaining("Team A");
    }

    @Test
    void whatItMayUseIsSaidWhereItHasNoRights() {
        Tenant tenant =
                new Tenant(
                        "team-a",
                        List.of("apps", "jobs"),
                        "cluster-admin",
                        null,
                        null,
                        new Tenant.Quota(null, 0, "20Mi", "10s", null));

        ObjectNode quota = TenantObjects.of(tenant).getLast();

        assertThat(quota.at("/kind").asText()).isEqualTo("TenantQuota");
        assertThat(quota.at("/metadata/namespace").asText()).isEqualTo("flux-system");
        assertThat(quota.at("/spec").toString())
                .isEqualTo(
                        "{\"namespaces\":[\"apps\",\"jobs\"],\"artifactSize\":\"20Mi\",\"buildTime\":\"10s\"}");
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Tenant.Quota(null, 0, "20 MB", null, null))
                .hasMessageContaining("50Mi");
    }
}
