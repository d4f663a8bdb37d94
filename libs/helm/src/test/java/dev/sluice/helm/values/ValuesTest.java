package dev.sluice.helm.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void mapsAreMergedAndAllElseIsReplaced() throws Exception {
        ObjectNode under = Values.read("a: {x: 1, b: {z: 1}}\nl: [1, 2]\nk: old\n");
        ObjectNode over = Values.read("a: {b: {w: 2}}\nl: [3]\nk: {now: map}\n");

        assertThat(Values.merge(under, over))
                .hasToString(
                        "{\"a\":{\"x\":1,\"b\":{\"z\":1,\"w\":2}},\"l\":[3],\"k\":{\"now\":\"map\"}}");
    }

    @Test
    void mergingChangesNeither() throws Exception {
        ObjectNode under = Values.read("a: {x: 1}\n");
        ObjectNode over = Values.read("a: {b: 2}\n");

        Values.merge(under, over);

        assertThat(under).hasToString("{\"a\":{\"x\":1}}");
        assertThat(over).hasToString("{\"a\":{\"b\":2}}");
    }

    @Test
    void readsTheTypesOfTheOldYaml() throws Exception {
        assertThat(Values.read("m: {y: 1, no: on}\n"))
                .hasToString("{\"m\":{\"true\":1,\"false\":true}}");
    }

    @Test
    void emptyTextIsAnEmptyMap() throws Exception {
        assertThat(Values.read("# nothing\n")).isEmpty();
        assertThat(Values.read("")).isEmpty();
    }

    @Test
    void aTextThatIsNoMapIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> Values.read("just secret text"))
                .isInstanceOf(InvalidValuesException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> Values.read("a: [secret"))
                .isInstanceOf(InvalidValuesException.class)
                .message()
                .doesNotContain("secret");
    }
}
