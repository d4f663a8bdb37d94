package dev.sluice.fetcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.quota.TenantQuota;
import dev.sluice.quotas.Quotas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceLimitsTest {

    private final Quotas quotas = new Quotas();
    private final SourceLimits limits = new SourceLimits(ArtifactLimits.DEFAULT, quotas);

    @BeforeEach
    void aTenantMayHaveOneKibibyte() {
        quotas.put(
                new TenantQuota(
                        TenantQuota.API_VERSION,
                        TenantQuota.KIND,
                        new Metadata(
                                "of-team-a",
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
                                List.of("team-a"), "1Ki", null, null, "platform@example.com")));
    }

    @Test
    void anArtifactBeyondTheQuotaIsRefusedWithItsUseAndWhomToAsk() {
        ArtifactBuilder builder = new ArtifactBuilder(limits.of("team-a"));

        assertThatThrownBy(() -> builder.file("big.yaml", false, new byte[1025]))
                .hasMessageContainingAll(
                        "1025", "1024", "big.yaml", "'of-team-a'", "platform@example.com");
    }

    @Test
    void otherNamespacesHaveWhatTheInstallationGives() {
        assertThat(limits.of("team-b")).isEqualTo(ArtifactLimits.DEFAULT);
    }

    @Test
    void aQuotaWiderThanTheInstallationDoesNotWidenIt() {
        SourceLimits tight = new SourceLimits(new ArtifactLimits(10, 100, 100, 4, 100), quotas);

        assertThat(tight.of("team-a").bytes()).isEqualTo(100);
    }
}
