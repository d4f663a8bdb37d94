package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that nobody would write: the reader may refuse them, and nothing else may happen. */
class RandomTextTest {
    private static final int TEXTS = 4_000;
    private static final String[] PIECES = {
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "&x ",
        "*x",
        "!!int ",
        "!t ",
        "<<: ",
        "# c\n",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\\",
        "\\u0041",
        "0x1F",
        "1e3",
        "~",
        "yes",
        "é",
        "😀",
        "\r\n",
        "\u2028",
        "\u0085",
        "# {\"x\":1}\n",
        "2001-01-01",
        "''",
        "\"\""
    };

    private static String text(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void readsOrRefusesWhateverItIsGiven() {
        int read = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            String text = text(seed);
            for (YamlReader reader :
                    List.of(YamlReader.MANIFEST, YamlReader.KUSTOMIZATION, YamlReader.COMMENTED)) {
                try {
                    reader.readAll(text);
                    read++;
                } catch (YamlException refused) {
                    assertThat(refused.getMessage()).as("seed %d", seed).startsWith("yaml: ");
                }
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void readsAgainTheSameFromWhatItWrote() {
        for (long seed = 0; seed < TEXTS; seed++) {
            Node root;
            String json;
            try {
                root = Anchors.inline(YamlReader.MANIFEST.read(text(seed)));
                json = GoJson.write(root);
            } catch (YamlException _) {
                continue;
            }
            String styled = YamlWriter.styled(root);

            assertThat(GoJson.write(YamlReader.MANIFEST.read(styled)))
                    .as("seed %d: %s", seed, styled)
                    .isEqualTo(json);
        }
    }

    @Test
    void writesManifestsThatAreTheirOwnManifest() {
        for (long seed = 0; seed < TEXTS; seed++) {
            String manifest;
            try {
                manifest =
                        YamlWriter.manifest(Anchors.inline(YamlReader.MANIFEST.read(text(seed))));
            } catch (YamlException _) {
                continue;
            }
            if (manifest.contains("<<")) {
                // A quoted << is written plain, and is a merge key to whoever reads it next:
                // kustomize does the same.
                continue;
            }

            assertThat(YamlWriter.manifest(YamlReader.MANIFEST.read(manifest)))
                    .as("seed %d", seed)
                    .isEqualTo(manifest);
        }
    }
}
