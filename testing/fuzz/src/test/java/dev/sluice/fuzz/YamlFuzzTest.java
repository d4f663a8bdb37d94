package dev.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.util.List;

/** Any bytes are YAML, or refused with a {@link YamlException}. */
class YamlFuzzTest {

    private static final List<YamlReader> READERS =
            List.of(YamlReader.MANIFEST, YamlReader.KUSTOMIZATION, YamlReader.COMMENTED);

    @FuzzTest(maxDuration = "3m")
    void readsAndWritesOrRefuses(byte[] text) {
        for (YamlReader reader : READERS) {
            try {
                Node root = reader.read(text);
                YamlWriter.styled(root);
                YamlWriter.manifest(root);
                JsonTrees.toJson(root);
            } catch (YamlException e) {
                // Refused.
                continue;
            }
        }
    }
}
