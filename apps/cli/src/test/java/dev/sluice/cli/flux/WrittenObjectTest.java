package dev.sluice.cli.flux;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenObjectTest {

    private static JsonNode written(String spec) throws JsonProcessingException {
        JsonNode live = new ObjectMapper().readTree("{\"spec\": " + spec + "}");
        return WrittenObject.of(live, "v1", "Kind").path("spec");
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 10m0s",
        "1h, 1h0m0s",
        "60s, 1m0s",
        "90m, 1h30m0s",
        "10m0s, 10m0s",
        "1h30m, 1h30m0s",
        "500ms, 500ms",
        "soon, soon"
    })
    void durationsAreAsGoPrintsThem(String said, String printed) throws JsonProcessingException {
        assertThat(written("{\"interval\": \"%s\"}".formatted(said)).path("interval").asText())
                .isEqualTo(printed);
    }

    @Test
    void durationsOfAReleasesActionsAndChartAreMeantToo() throws JsonProcessingException {
        JsonNode spec =
                written(
                        """
                        {"chart": {"spec": {"interval": "5m"}}, "timeout": "5m",
                         "install": {"timeout": "5m", "strategy": {"retryInterval": "5m"}},
                         "upgrade": {"timeout": "5m", "strategy": {"retryInterval": "5m"}},
                         "rollback": {"timeout": "5m"}, "uninstall": {"timeout": "5m"},
                         "test": {"timeout": "5m"}}\
                        """);

        assertThat(spec.toString()).doesNotContain("\"5m\"");
        assertThat(spec.at("/upgrade/strategy/retryInterval").asText()).isEqualTo("5m0s");
    }

    @Test
    void whatIsNoDurationOfFluxStaysAsItIs() throws JsonProcessingException {
        String spec =
                """
                {"values":{"timeout":"10m"},"postBuild":{"substitute":{"interval":"10m"}},\
                "eventMetadata":{"timeout":"10m"},"retryInterval":5}\
                """;

        assertThat(written(spec)).hasToString(spec);
    }

    @Test
    void leavesOutWhatIsFalseWhereNothingIsSaidAndLeavesTheObjectAlone()
            throws JsonProcessingException {
        JsonNode live =
                new ObjectMapper()
                        .readTree(
                                "{\"spec\": {\"suspend\": false, \"prune\": false}, \"data\": 1}");
        JsonNode before = live.deepCopy();

        JsonNode written = WrittenObject.of(live, "v1", "Kind");

        assertThat(written.path("spec")).hasToString("{\"prune\":false}");
        assertThat(written.path("data").asInt()).isEqualTo(1);
        assertThat(live).isEqualTo(before);
    }
}
