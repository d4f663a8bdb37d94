package dev.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any kustomization file is built or refused, and nothing outside of its tree is asked for. */
class KustomizationFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void buildsOrRefuses(byte[] text) {
        Builds.build(
                Map.of(
                        "top/kustomization.yaml",
                        new String(text, StandardCharsets.UTF_8),
                        "top/r.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n",
                        "base/kustomization.yaml",
                        "resources: [../top/r.yaml]\n"));
    }
}
