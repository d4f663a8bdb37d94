package dev.sluice.kustomize.json6902;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
    private static final String OBJECT =
            "a: {b: [1, 2, 3], c: x}\nn: null\ns: {'a/b': 1, 'm~n': 2}\n";

    private static String patched(String patch) throws PatchException {
        return YamlWriter.manifest(
                        JsonPatch.parse(patch).apply(YamlReader.MANIFEST.read(OBJECT)).get("a"))
                .replace("\n", " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'op':'replace','path':'/a/c','value':'y'}]|b: - 1 - 2 - 3 c: \"y\" ",
                "[{'op':'replace','path':'/a/new','value':1}]|b: - 1 - 2 - 3 c: x new: 1 ",
                "[{'op':'remove','path':'/a/b'}]|c: x ",
                "[{'op':'remove','path':'/a/b/1'}]|b: - 1 - 3 c: x ",
                "[{'op':'add','path':'/a/b/-','value':4}]|b: - 1 - 2 - 3 - 4 c: x ",
                "[{'op':'add','path':'/a/b/-1','value':4}]|b: - 1 - 2 - 3 - 4 c: x ",
                "[{'op':'add','path':'/a/b/0','value':4}]|b: - 4 - 1 - 2 - 3 c: x ",
                "[{'op':'move','from':'/a/c','path':'/a/d'}]|b: - 1 - 2 - 3 d: x ",
                "[{'op':'copy','from':'/a/c','path':'/a/d'}]|b: - 1 - 2 - 3 c: x d: x ",
                "[{'op':'test','path':'/a/c','value':'x'},{'op':'remove','path':'/a/c'}]|b: - 1 - 2 - 3 ",
                "[{'op':'copy','from':'/s/a~1b','path':'/a/c'}]|b: - 1 - 2 - 3 c: 1 ",
                "[{'op':'copy','from':'/s/m~0n','path':'/a/c'}]|b: - 1 - 2 - 3 c: 2 ",
                "[{'op':'add','path':'/a/c'}]|b: - 1 - 2 - 3 c: null ",
            })
    void appliesOperations(String patch, String expected) throws PatchException {
        assertThat(patched(patch.replace('\'', '"')).strip()).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'remove','path':'/a/x'}|nonexistent key: x",
                "{'op':'remove','path':'/a/b/-'}|proper array index: '-'",
                "{'op':'remove','path':'/a/b/3'}|invalid index: 3",
                "{'op':'add','path':'/x/y','value':1}|doc is missing path: /x/y",
                "{'op':'replace','path':'/a/b/9','value':1}|doc is missing key: /a/b/9",
                "{'op':'test','path':'/a/c','value':'secret'}|testing value /a/c failed",
                "{'op':'test','path':'/n','value':1}|testing value /n failed",
                "{'op':'sing','path':'/a'}|Unexpected kind: sing",
                "{'path':'/a'}|Unexpected kind: unknown",
                "{'op':'add','value':1}|failed to decode path",
                "{'op':'replace','path':'','value':1}|must be object or array",
                "{'op':'replace','path':'','value':[]}|cannot unmarshal array",
                "{'op':'add','path':'','value':{}}|doc is missing path",
            })
    void saysWhyItCannotBeAppliedAndShowsNoValue(String operation, String message) {
        assertThatThrownBy(() -> patched("[" + operation.replace('\'', '"') + "]"))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\": \"remove\"}",
                "[1]",
                "[{\"op\": \"remove\",}]",
                "[] x",
                "op: remove",
                "[{op: add}]",
                "a: [",
                "- 1"
            })
    void refusesWhatIsNoPatch(String text) {
        assertThatThrownBy(() -> JsonPatch.parse(text)).isInstanceOf(PatchException.class);
    }

    @Test
    void readsYamlAsYaml11() throws PatchException {
        JsonPatch patch = JsonPatch.parse("- op: add\n  path: /a/c\n  value: yes\n");

        assertThat(patch.apply(YamlReader.MANIFEST.read(OBJECT)).at("a", "c").isNull()).isFalse();
        assertThat(YamlWriter.manifest(patch.apply(YamlReader.MANIFEST.read(OBJECT)).get("a")))
                .contains("c: true");
    }

    @Test
    void makesDoublesOfAllNumbers() throws PatchException {
        Node result =
                JsonPatch.parse("[]")
                        .apply(
                                YamlReader.MANIFEST.read(
                                        "big: 9007199254740993\nmillion: 1000000\nport: 8080\n"));

        assertThat(YamlWriter.manifest(result))
                .isEqualTo("big: 9007199254740992\nmillion: 1000000\nport: 8080\n");
        assertThat(result.get("million").value()).isEqualTo("1e+06");
    }

    @Test
    void leavesTheObjectAndThePatchAsTheyWere() throws PatchException {
        JsonPatch patch =
                JsonPatch.parse(
                        "[{\"op\":\"add\",\"path\":\"/a/m\",\"value\":{\"x\":1}},{\"op\":\"add\",\"path\":\"/a/m/y\",\"value\":2}]");
        Node object = YamlReader.MANIFEST.read(OBJECT);

        Node first = patch.apply(object);
        Node second = patch.apply(object);

        assertThat(object.at("a", "m")).isNull();
        assertThat(first.sameAs(second)).isTrue();
    }

    @Test
    void refusesCopiesThatGrowWithoutEnd() {
        StringBuilder patch = new StringBuilder("[");
        for (int i = 0; i < 40; i++) {
            patch.append("{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/x")
                    .append(i)
                    .append("\"},");
        }
        patch.setCharAt(patch.length() - 1, ']');

        assertThatThrownBy(() -> patched(patch.toString())).hasMessageContaining("nodes");
    }
}
