package dev.sluice.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallationTest {

    @Test
    void printsTheSameTextEachTime() {
        String text = new Installation(Components.all, "flux-system").yaml();

        assertThat(text)
                .isEqualTo(new Installation(Components.all, "flux-system").yaml())
                .startsWith("---\n")
                .endsWith("\n");
    }

    @Test
    void leavesOutWhatWasNotAskedFor() {
        assertThat(kinds(Components.crds)).containsOnly("CustomResourceDefinition").hasSize(17);
        assertThat(kinds(Components.rbac))
                .doesNotContain("CustomResourceDefinition")
                .startsWith("Namespace");
        assertThat(kinds(Components.all))
                .hasSize(kinds(Components.crds).size() + kinds(Components.rbac).size());
    }

    @Test
    void putsEverythingIntoTheNamespace() {
        List<ObjectNode> objects = new Installation(Components.rbac, "fleet").objects();

        assertThat(objects.getFirst().at("/metadata/name").asText()).isEqualTo("fleet");
        assertThat(objects.toString()).doesNotContain("flux-system");
        assertThat(objects)
                .flatExtracting(object -> object.path("subjects").valueStream().toList())
                .isNotEmpty()
                .allMatch(subject -> subject.path("namespace").asText().equals("fleet"));
    }

    @Test
    void letsOnlyTheDecryptorListSecretsByName() {
        assertThat(rules("sluice-renderer").toString())
                .doesNotContain("secrets")
                .doesNotContain("*")
                .doesNotContain("patch");
        assertThat(verbs("sluice-fetcher", "secrets")).containsExactly("get");
        assertThat(verbs("sluice-decryptor", "secrets")).containsExactly("get", "list", "watch");
        assertThat(verbs("sluice-drift-detector", "*")).containsExactly("list", "watch");
    }

    /** The services by themselves get their rights from there, and must not differ in them. */
    @Test
    void givesEachServiceTheRightsThatItsFileInDeployGives() throws Exception {
        Path folder = Path.of("../../deploy/rbac");
        for (String service :
                List.of("fetcher", "renderer", "decryptor", "drift-detector", "notifier")) {
            String file = Files.readString(folder.resolve(service + ".yaml"));

            List<JsonNode> deployed =
                    YamlReader.MANIFEST.readAll(file).stream()
                            .map(Document::root)
                            .map(JsonTrees::toObject)
                            .filter(object -> object.path("kind").asText().equals("ClusterRole"))
                            .map(object -> object.path("rules"))
                            .toList();

            assertThat(deployed).as(service).first().isEqualTo(rules("sluice-" + service));
        }
    }

    private static List<String> verbs(String role, String resource) {
        return rules(role)
                .valueStream()
                .filter(rule -> rule.path("resources").toString().contains('"' + resource + '"'))
                .flatMap(rule -> rule.path("verbs").valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode rules(String role) {
        return new Installation(Components.rbac, "flux-system")
                .objects().stream()
                        .filter(object -> object.path("kind").asText().equals("ClusterRole"))
                        .filter(object -> object.at("/metadata/name").asText().equals(role))
                        .findFirst()
                        .orElseThrow()
                        .path("rules");
    }

    private static List<String> kinds(Components components) {
        return new Installation(components, "flux-system")
                .objects().stream().map(object -> object.path("kind").asText()).toList();
    }
}
