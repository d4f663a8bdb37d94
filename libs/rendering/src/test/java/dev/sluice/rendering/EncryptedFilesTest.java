package dev.sluice.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptedFilesTest {

    private static final String ENV = "A=ENC[x]\nsops_mac=ENC[y]\n";
    private static final String YAML = "a: ENC[x]\nsops:\n    mac: ENC[y]\n";
    private static final String BINARY = "{\"data\": \"ENC[x]\", \"sops\": {\"mac\": \"ENC[y]\"}}";

    private final Map<String, String> files = new LinkedHashMap<>();

    @Test
    void findsFilesAndEnvironmentsOfSecretGenerators() throws Exception {
        files.put("app/creds.env", ENV);
        files.put("app/plain.env", "A=1\n");
        files.put("app/odd", ENV);
        files.put("app/key.bin", BINARY);
        files.put("app/conf", YAML);

        assertThat(
                        found(
                                """
                                secretGenerator:
                                - name: a
                                  envs: [creds.env, plain.env, odd]
                                - name: b
                                  files: [key.bin, conf.yaml=conf]
                                """))
                .containsExactly(
                        "app/creds.env as creds.env",
                        "app/odd as odd",
                        "app/key.bin as key.bin",
                        "app/conf as conf.yaml");
    }

    @Test
    void leavesConfigMapGeneratorsAndPlainResourcesAlone() throws Exception {
        files.put("app/creds.env", ENV);
        files.put("app/secret.yaml", YAML);

        assertThat(
                        found(
                                """
                                resources: [secret.yaml]
                                configMapGenerator:
                                - name: a
                                  envs: [creds.env]
                                """))
                .isEmpty();
    }

    @Test
    void findsPatchesAndGoesThroughBasesAndComponentsOnce() throws Exception {
        files.put("app/patch.yaml", YAML);
        files.put(
                "base/kustomization.yaml", "resources: [../app, ../loop]\ncomponents: [../part]\n");
        files.put("loop/kustomization.yaml", "resources: [../base]\n");
        files.put(
                "part/kustomization.yaml",
                "kind: Component\nsecretGenerator:\n- name: a\n  files: [f.json]\n");
        files.put("part/f.json", BINARY);

        assertThat(
                        found(
                                """
                                resources: [../base, missing, 'https://host/x']
                                patches:
                                - path: patch.yaml
                                - patch: 'kind: A'
                                """))
                .containsExactly("app/patch.yaml as patch.yaml", "part/f.json as f.json");
    }

    private Iterable<String> found(String kustomization) throws Exception {
        Node content = YamlReader.KUSTOMIZATION.read(kustomization);
        return EncryptedFiles.find(MemoryTree.ofText(files), "app", content).stream()
                .map(file -> file.path() + " as " + file.name())
                .toList();
    }
}
