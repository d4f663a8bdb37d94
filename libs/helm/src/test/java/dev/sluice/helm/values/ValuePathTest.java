package dev.sluice.helm.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.b | text | {'a':{'b':'text'}}",
                "n | 42 | {'n':42}",
                "n | 007 | {'n':'007'}",
                "n | 0 | {'n':0}",
                "v | 1.50 | {'v':'1.50'}",
                "t | TRUE | {'t':true}",
                "z | null | {'z':null}",
                "q | '42' | {'q':'42'}",
                "l[1].at | x | {'l':[null,{'at':'x'}]}",
                "l | {1,a} | {'l':[1,'a']}",
                "a\\.b | x | {'a.b':'x'}",
                "a | x,b=y | {'a':'x','b':'y'}",
                "m[0][1] | x | {'m':[[null,'x']]}"
            })
    void setsAsHelmDoes(String path, String value, String wanted) throws Exception {
        ObjectNode values = Values.read("");

        ValuePath.set(values, path, value);

        assertThat(values.toString().replace('"', '\'')).isEqualTo(wanted);
    }

    @Test
    void itsWholeNumbersAreToldApartFromThoseOfTexts() throws Exception {
        ObjectNode values = Values.read("a: 1000000");

        ValuePath.set(values, "b/c[1].d", "1000000");
        ValuePath.set(values, "text", "'5'");

        assertThat(Values.wholeNumbers(Values.merge(values, Values.read("e: 2"))))
                .containsExactly("/b~1c/1/d");
    }

    @Test
    void aLiteralIsTakenAsItIs() throws Exception {
        ObjectNode values = Values.read("");

        ValuePath.setLiteral(values, "a", "x,y={1}[2]\\");

        assertThat(values.path("a").asText()).isEqualTo("x,y={1}[2]\\");
    }

    @Test
    void whatIsBesideThePathStays() throws Exception {
        ObjectNode values = Values.read("a: {b: 1, c: 2}\nl: [1, 2]\n");

        ValuePath.set(values, "a.b", "x");
        ValuePath.set(values, "l[1]", "y");

        assertThat(values).hasToString("{\"a\":{\"b\":\"x\",\"c\":2},\"l\":[1,\"y\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"l[x]", "l[70000]", "l[-1]", "a[0]b", "t.in"})
    void refusesWhatIsNoPathAndShowsNoValue(String path) throws Exception {
        ObjectNode values = Values.read("t: text\n");

        assertThatThrownBy(() -> ValuePath.set(values, path, "secret"))
                .isInstanceOf(InvalidValuesException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void pathsOfManyLevelsAreBounded() throws Exception {
        ObjectNode values = Values.read("");

        assertThatThrownBy(() -> ValuePath.set(values, "a.".repeat(40) + "b", "x"))
                .isInstanceOf(InvalidValuesException.class)
                .hasMessageContaining("levels");
    }
}
