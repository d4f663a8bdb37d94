package dev.sluice.fetcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceFilterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void seesTheObjectAndTheBody() throws Exception {
        ResourceFilter filter = filter("res.metadata.name == req.repo.split('/')[1]");

        assertThat(filter.holds(0, object("app"), call("{\"repo\":\"org/app\"}"))).isTrue();
        assertThat(filter.holds(0, object("web"), call("{\"repo\":\"org/app\"}"))).isFalse();
    }

    @Test
    void aMissingKeyIsNoAnswer() throws Exception {
        ResourceFilter filter = filter("res.metadata.name == req.name");

        assertThatThrownBy(() -> filter.holds(0, object("app"), call("{}")))
                .isInstanceOf(EvaluationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"res.metadata.name ==", "res.metadata.name", "nothing == 1", "1 + 1"})
    void whatIsNoQuestionOverTheCallIsRefused(String expression) {
        assertThatThrownBy(() -> filter(expression)).isInstanceOf(InvalidExpressionException.class);
    }

    @Test
    void aBodyThatSaysItIsJsonMustBe() {
        assertThatThrownBy(() -> ResourceFilter.Call.of(Receivers.call("["), null))
                .isInstanceOf(RefusedException.class);
    }

    private static ResourceFilter filter(String expression) throws InvalidExpressionException {
        return ResourceFilter.of(
                Receivers.receiver(
                        "generic",
                        ",\"resourceFilter\":\"%s\"".formatted(expression.replace("'", "\\u0027")),
                        ""));
    }

    private static JsonNode object(String name) throws Exception {
        return JSON.readTree(
                "{\"kind\":\"GitRepository\",\"metadata\":{\"name\":\"%s\"}}".formatted(name));
    }

    private static ResourceFilter.Call call(String body) throws RefusedException {
        return ResourceFilter.Call.of(Receivers.call(body), null);
    }
}
