package dev.sluice.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Any replacement is made or refused. */
class ReplacementFuzzTest {

    private static final String OBJECTS =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, annotations: {x.y/z: "1"}}
            data: {a.txt: "a:b-c", json: '{"a": {"b": [1, {"c": "d"}]}}', yaml: "k: v\\nl: [1]\\n"}
            ---
            apiVersion: example.com/v1
            kind: Foo
            metadata: {name: f}
            spec: {list: [{name: x, v: 1}, {name: y}], deep: {a: {b: c}}}
            """;

    @FuzzTest(maxDuration = "3m")
    void replacesOrRefuses(FuzzedDataProvider data) {
        String source = data.consumeString(80);
        String delimiter = data.consumeString(3);
        int index = data.consumeInt(-2, 5);
        boolean create = data.consumeBoolean();
        String target = data.consumeRemainingAsString();
        String options =
                "{delimiter: "
                        + quoted(delimiter)
                        + ", index: "
                        + index
                        + ", create: "
                        + create
                        + "}";
        Builds.build(
                Map.of(
                        "kustomization.yaml",
                        "resources: [r.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: "
                                + quoted(source)
                                + "}\n  targets:\n  - select: {kind: Foo}\n    fieldPaths: ["
                                + quoted(target)
                                + "]\n    options: "
                                + options
                                + "\n  - select: {kind: ConfigMap}\n    fieldPaths: ["
                                + quoted(target)
                                + "]\n",
                        "r.yaml",
                        OBJECTS));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
