package dev.sluice.kubernetes.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Map<String, JsonNode> OBJECT =
            fields(
                    """
                    {"kind": "Widget", "metadata": {"generation": 3, "labels": {"app.io/tier": "front"}},
                     "spec": {"size": 1.5, "items": [1, 2, 3], "none": null},
                     "status": {"phase": "Done", "observedGeneration": 3,
                       "conditions": [{"type": "Ready", "status": "True"}, {"type": "Synced", "status": "False"}]}}
                    """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status.phase == 'Done'",
                "status.observedGeneration == metadata.generation",
                "status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')",
                "has(status.phase) && !has(status.other)",
                "metadata.labels['app.io/tier'].startsWith('fr')",
                "spec.size > 1 && size(spec.items) == 3",
                "sets.contains(spec.items, [1, 3])",
                "status.?other.orValue('x') == 'x'",
                "spec.none == null",
                "kind.lowerAscii() == 'widget'",
                "base64.encode(b'a') == 'YQ=='",
                "type(status.phase) == string"
            })
    void holdsOverTheFieldsOfAnObject(String text) throws Exception {
        assertThat(Condition.overFields(text).holds(OBJECT)).isTrue();
    }

    @Test
    void functionsOnTextsWithABoundDoWhatTheOthersDo() throws Exception {
        assertThat(
                        Condition.overFields(
                                        """
                                        'abab'.replace('a', 'c') == 'cbcb' && 'abab'.replace('a', 'c', 1) == 'cbab'
                                        && 'abab'.replace('a', 'c', 0) == 'abab' && 'ab'.replace('', '-') == '-a-b-'
                                        && ['', 'b'].join('-') == '-b' && ['a', 'b'].join() == 'ab' && [].join('-') == ''
                                        """)
                                .holds(OBJECT))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refusesWhatWouldTakeAllMemoryOrTime(String text) throws Exception {
        Condition condition = Condition.overFields(text);

        assertThatThrownBy(() -> condition.holds(OBJECT)).isInstanceOf(EvaluationException.class);
    }

    static Stream<String> bombs() {
        String ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
        return Stream.of(
                "['x']" + ".map(a, a + a)".repeat(40) + "[0].size() > 0",
                "[b'x']" + ".map(a, a + a)".repeat(34) + ".map(a, string(a))[0].size() > 0",
                "[[1]]" + ".map(a, a + a)".repeat(40) + "[0].size() > 0",
                "[1]" + ".map(a, [a, a])".repeat(40) + " == [2]" + ".map(a, [a, a])".repeat(40),
                "['x']" + ".map(a, [a, a, a, a].join(a))".repeat(30) + "[0].size() > 0",
                "'aaaaaaaaaa'" + ".replace('a', 'aaaaaaaaaa')".repeat(12) + ".size() > 0",
                (ten + ".map(a, ").repeat(7) + "1" + ")".repeat(7) + ".size() > 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status.phase ==", "1 + 1", "'text'", "foo(status)", "status.phase = 'x'"})
    void refusesWhatIsNoQuestion(String text) {
        assertThatThrownBy(() -> Condition.overFields(text))
                .isInstanceOf(InvalidExpressionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status.absent == 'x'", "nowhere.phase == 'x'", "status.phase"})
    void hasNoAnswerWhereAFieldIsMissing(String text) throws Exception {
        Condition condition = Condition.overFields(text);
        assertThatThrownBy(() -> condition.holds(OBJECT)).isInstanceOf(EvaluationException.class);
    }

    @Test
    void namesOnlyTheVariablesThatItWasGiven() throws Exception {
        Set<String> variables = Set.of("self", "dep");
        Condition condition = Condition.over(variables, "self.kind == dep.kind");
        JsonNode object = new ObjectMapper().valueToTree(Map.of("kind", "Widget"));

        assertThat(condition.holds(Map.of("self", object, "dep", object))).isTrue();
        assertThatThrownBy(() -> Condition.over(variables, "status.phase == 'x'"))
                .isInstanceOf(InvalidExpressionException.class);
    }

    @Test
    void refusesTextsThatAreTooLong() {
        String text = "true" + " && true".repeat(10_000);
        assertThatThrownBy(() -> Condition.overFields(text))
                .isInstanceOf(InvalidExpressionException.class);
    }

    private static Map<String, JsonNode> fields(String json) {
        try {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            new ObjectMapper()
                    .readTree(json)
                    .properties()
                    .forEach(e -> fields.put(e.getKey(), e.getValue()));
            return fields;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
