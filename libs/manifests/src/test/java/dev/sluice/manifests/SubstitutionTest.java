package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {

    private static final Map<String, String> VARIABLES =
            Map.of(
                    "v", "pear",
                    "loud", "LOUD Ä",
                    "file", "lib/a.tar.gz",
                    "word", "grün",
                    "empty", "",
                    "lines", "one\ntwo\n");

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "plain text > plain text",
                "$v > $v",
                "$$a > $a",
                "$${v} > ${v}",
                "$$${v} > $pear",
                "$$$${v} > $${v}",
                "${v} > pear",
                "a ${v}-${v} b > a pear-pear b",
                "[${empty}] > []",
                "${lines} > onetwo",
                "${none:=d} > d",
                "${none=d} > d",
                "${none:-d} > d",
                "${none:=} > ~~",
                "${v:=d} > pear",
                "${empty:=d} > d",
                "${none:?m} > m",
                "${none:+m} > m",
                "${v:?m} > pear",
                "${v:+m} > pear",
                "${none:=x-${v}-y} > x-pear-y",
                "${none:=${other:=deep}} > deep",
                "${none:=a$$b} > a$$b",
                "${#v} > 4",
                "${#word} > 5",
                "${v^} > Pear",
                "${v^^} > PEAR",
                "${loud,} > lOUD Ä",
                "${loud,,} > loud ä",
                "${v:1} > ear",
                "${v:1:2} > ea",
                "${v:0:9} > pear",
                "${v:9} > ~~",
                "${v: -1} > pear",
                "${v:x} > pear",
                "${v:-1} > pear",
                "${v:1:-1} > ea",
                "${file#*.} > tar.gz",
                "${file##*.} > gz",
                "${file##*/} > a.tar.gz",
                "${file%.*} > lib/a.tar",
                "${file%%.*} > lib/a",
                "${file%%?gz} > lib/a.tar",
                "${file#[k-m]i} > b/a.tar.gz",
                "${file#[^l]i} > lib/a.tar.gz",
                "${file#[} > lib/a.tar.gz",
                "${file#zip} > lib/a.tar.gz",
                "${file/a/X} > lib/X.tar.gz",
                "${file//a/X} > lib/X.tXr.gz",
                "${file//a/} > lib/.tr.gz",
                "${file/#lib/X} > X/a.tar.gz",
                "${file/#tar/X} > lib/a.tar.gz",
                "${file/%gz/X} > lib/a.tar.X",
                "${file/*/X} > lib/a.tar.gz",
                "${file/\\//-} > lib-a.tar.gz",
                "a } b > a } b",
            })
    void fillsEveryFormThatFluxKnows(String text, String filled) throws Exception {
        assertThat(new Substitution(VARIABLES, true).fill(text)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "${v-d} > missing closing brace",
                "${v+d} > missing closing brace",
                "${a.b} > missing closing brace",
                "${ v } > unable to parse variable name",
                "${} > unable to parse variable name",
                "${v > missing closing brace",
                "${v:} > unable to parse substitution within function",
                "${v#} > unable to parse substitution within function",
                "${none:=d > unable to parse substitution within function",
                "${v/a} > bad substitution",
                "${v^^^} > bad substitution",
                "${#} > unable to parse variable name",
            })
    void refusesWhatFluxCannotRead(String text, String why) {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> new Substitution(VARIABLES, true).fill(text))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${none}", "${#none}", "${none^^}", "${none:1}", "${none/a/b}", "${none%x}"})
    void namesTheVariableWithoutAValueWhenStrict(String text) {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> new Substitution(VARIABLES, true).fill(text))
                .withMessage("variable not set (strict mode): \"none\"");
    }

    @Test
    void takesAVariableWithoutAValueAsEmptyWhenNotStrict() throws Exception {
        assertThat(new Substitution(VARIABLES, false).fill("[${none}] ${#none}")).isEqualTo("[] 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.properties", "1a", "a-b", "", "ä"})
    void refusesNamesThatNoVariableCanHave(String name) {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> new Substitution(Map.of(name, "x"), true))
                .withMessageContaining("'" + name + "' var name is invalid");
    }

    @Test
    void tellsTheLineOfABrokenExpressionAndNotItsText() {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(
                        () -> new Substitution(VARIABLES, true).fill("a: b\nc: ${secret-word}\n"))
                .withMessageContaining("line 2")
                .withMessageNotContaining("word");
    }

    @Test
    void refusesToCutACharacterInTwo() {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> new Substitution(VARIABLES, true).fill("${word:3}"))
                .withMessageContaining("cuts a character in two");
    }

    @Test
    void refusesEndlessNesting() {
        assertThatExceptionOfType(SubstitutionException.class)
                .isThrownBy(() -> new Substitution(VARIABLES, true).fill("${n:=".repeat(10_000)))
                .withMessageContaining("nested too deeply");
    }

    @Test
    @Timeout(20)
    void trimsLongValuesByNastyPatterns() throws Exception {
        String value = "a".repeat(200_000);

        String filled = new Substitution(Map.of("v", value), true).fill("${v##*a*a*a*a*a*a*a*b}");

        assertThat(filled).isEqualTo(value);
    }

    @Test
    void isSwitchedOffByLabelOrAnnotationInLowerCaseOnly() throws Exception {
        KubernetesObject labelled = object();
        labelled.putLabel(Substitution.SWITCH, "disabled");
        KubernetesObject annotated = object();
        annotated.putAnnotation(Substitution.SWITCH, "disabled");
        KubernetesObject shouting = object();
        shouting.putLabel(Substitution.SWITCH, "Disabled");

        assertThat(Substitution.enabledFor(labelled)).isFalse();
        assertThat(Substitution.enabledFor(annotated)).isFalse();
        assertThat(Substitution.enabledFor(shouting)).isTrue();
    }

    private static KubernetesObject object() throws Exception {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", "ConfigMap");
        tree.putObject("metadata").put("name", "a");
        return KubernetesObject.of(tree);
    }
}
