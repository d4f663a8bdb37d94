package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutedObjectTest {

    @Test
    void takesTheQuotesAwayFromWhatTheVariableMakesANumberOrATruthValue() throws Exception {
        JsonNode data =
                filled("port: \"${port}\"\n  truth: \"${yes}\"\n  text: \"port ${port}\"")
                        .tree()
                        .get("data");

        assertThat(data.get("port").isIntegralNumber()).isTrue();
        assertThat(data.get("truth").isBoolean()).isTrue();
        assertThat(data.get("text").textValue()).isEqualTo("port 8080");
    }

    @Test
    void keepsATextWhereTheQuotesAreInTheVariable() throws Exception {
        assertThat(filled("port: \"${quoted}\"").tree().get("data").get("port").textValue())
                .isEqualTo("8080");
    }

    @Test
    void keepsDatesAndMultipleLinesAsText() throws Exception {
        JsonNode data =
                filled("day: \"2020-01-01\"\n  script: |\n    echo ${v}\n    $$x\n  v: ${v}")
                        .tree()
                        .get("data");

        assertThat(data.get("day").textValue()).isEqualTo("2020-01-01");
        assertThat(data.get("script").textValue()).isEqualTo("echo pear\n$x\n");
    }

    @Test
    void namesTheObjectAndNoValueWhenAVariableBreaksIt() {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> filled("v: ${broken}"))
                .withMessageContaining("ConfigMap/a: with its variables filled in it is no valid")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void leavesASwitchedOffObjectAlone() throws Exception {
        KubernetesObject object = object("v: ${missing}");
        object.putAnnotation(Substitution.SWITCH, Substitution.DISABLED);

        assertThat(substitution().fill(object).tree().get("data").get("v").textValue())
                .isEqualTo("${missing}");
    }

    private static KubernetesObject filled(String data) throws Exception {
        return substitution().fill(object(data));
    }

    private static Substitution substitution() throws SubstitutionException {
        return new Substitution(
                Map.of(
                        "port", "8080",
                        "yes", "yes",
                        "v", "pear",
                        "quoted", "\"8080\"",
                        "broken", "[hunter2: {"),
                true);
    }

    private static KubernetesObject object(String data) throws InvalidObjectException {
        return ObjectText.parse(
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  " + data + "\n");
    }
}
