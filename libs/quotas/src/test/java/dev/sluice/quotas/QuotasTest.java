package dev.sluice.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotasTest {

    private final Quotas quotas = new Quotas();
    private final List<Set<String>> told = new ArrayList<>();
    private final QuotaWatch.Taker taker = new QuotaWatch.Taker(quotas, told::add);

    @Test
    void theLeastOfSeveralCounts() {
        taker.present(with(quota("all", "team-a"), "artifactSize", "1Gi"));
        taker.present(with(quota("tight", "team-a"), "artifactSize", "50Mi"));

        assertThat(quotas.artifactBytes("team-a").orElseThrow().most()).isEqualTo(50L << 20);
        assertThat(quotas.artifactBytes("team-b")).isEmpty();
        assertThat(quotas.objects("team-a")).isEmpty();
    }

    @Test
    void aRefusalNamesTheQuotaAndWhomToAsk() {
        taker.present(
                with(
                        with(quota("team-a", "team-a"), "contact", "platform@example.com"),
                        "buildTime",
                        "1.5s"));

        Bound bound = quotas.buildMillis("team-a").orElseThrow();

        assertThat(bound.most()).isEqualTo(1500);
        assertThat(bound.said()).contains("'team-a'", "platform@example.com");
    }

    @Test
    void tellsTheNamespacesThatAreCoveredNoLongerToo() {
        taker.present(quota("q", "team-a"));
        taker.present(quota("q", "team-b"));

        assertThat(told).last().isEqualTo(Set.of("team-a", "team-b"));
    }

    @Test
    void whatIsListedAgainUnchangedIsNotToldAndWhatIsGoneIs() {
        taker.present(quota("kept", "team-a"));
        taker.present(quota("dropped", "team-b"));
        told.clear();

        taker.begin();
        taker.present(quota("kept", "team-a"));
        taker.complete();

        assertThat(told).containsExactly(Set.of("team-b"));
        assertThat(quotas.names()).containsExactly("kept");
    }

    private static ObjectNode quota(String name, String namespace) {
        ObjectNode quota = JsonNodeFactory.instance.objectNode();
        quota.putObject("metadata").put("name", name).put("namespace", "flux-system");
        quota.putObject("spec").putArray("namespaces").add(namespace);
        return quota;
    }

    private static ObjectNode with(ObjectNode quota, String field, String value) {
        quota.withObject("/spec").put(field, value);
        return quota;
    }
}
