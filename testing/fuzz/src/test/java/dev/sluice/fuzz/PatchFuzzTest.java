package dev.sluice.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Any patch is applied or refused. */
class PatchFuzzTest {

    private static final String OBJECT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, labels: {a: b}}
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - {name: main, image: nginx, ports: [{containerPort: 80}], env: [{name: A, value: b}]}
                  - {name: side, image: x}
                  volumes: [{name: v, emptyDir: {}}]
            """;

    @FuzzTest(maxDuration = "3m")
    void appliesOrRefuses(FuzzedDataProvider data) {
        boolean targeted = data.consumeBoolean();
        String patch = data.consumeRemainingAsString();
        String target = targeted ? "  target: {kind: Deployment}\n" : "";
        Builds.build(
                Map.of(
                        "kustomization.yaml",
                        "resources: [r.yaml]\npatches:\n- path: p.yaml\n" + target,
                        "r.yaml",
                        OBJECT,
                        "p.yaml",
                        patch));
    }
}
