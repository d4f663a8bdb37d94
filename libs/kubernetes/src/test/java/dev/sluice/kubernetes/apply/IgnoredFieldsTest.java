package dev.sluice.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.manifests.ObjectId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IgnoredFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectId WEB = new ObjectId("apps", "Deployment", "shop", "web");

    @Test
    void selectsByWholeRegularExpressionsAndByLabels() throws Exception {
        assertThat(selects("{'kind': 'Deploy.*', 'name': 'w.b', 'group': 'apps'}")).isTrue();
        assertThat(selects("{'kind': 'Deploy'}")).isFalse();
        assertThat(selects("{'namespace': 'other'}")).isFalse();
        assertThat(selects("{'labelSelector': 'tier=front'}")).isTrue();
        assertThat(selects("{'annotationSelector': 'tier=front'}")).isFalse();
        assertThat(selects("{'name': '['}")).isFalse();
    }

    @Test
    void coversFieldsBelowAPointerAndNoOthers() throws Exception {
        List<IgnoredFields> rules =
                rules(
                        "[{'paths': ['/spec/replicas', '/metadata/annotations/a.b~1c', 'no pointer']}]");

        assertThat(IgnoredFields.cover(rules, WEB, "v1", List.of(".spec.replicas"))).isTrue();
        assertThat(IgnoredFields.cover(rules, WEB, "v1", List.of(".metadata.annotations[a.b/c]")))
                .isTrue();
        assertThat(IgnoredFields.cover(rules, WEB, "v1", List.of(".spec.replicas", ".spec.paused")))
                .isFalse();
        assertThat(IgnoredFields.cover(rules, WEB, "v1", List.of(".spec.replicasMax"))).isFalse();
        assertThat(IgnoredFields.cover(rules, WEB, "v1", List.of())).isFalse();
    }

    @Test
    void adoptsWhatIsLiveAndLeavesToOthersWhatTheyApply() throws Exception {
        ObjectNode wanted =
                tree("{'spec': {'replicas': 2, 'list': [{'name': 'a', 'image': '1'}], 'own': 1}}");
        ObjectNode live =
                tree(
                        "{'metadata': {'managedFields': [{'manager': 'hpa', 'operation': 'Apply', 'fieldsV1': {'f:spec': {'f:list': {'k:{\\'name\\':\\'a\\'}': {'f:image': {}}}}}}]},"
                                + "'spec': {'replicas': 5, 'list': [{'name': 'a', 'image': '9'}]}}");
        IgnoredFields rule =
                rules(
                                "[{'paths': ['/spec/replicas', '/spec/list/0/image', '/spec/own', '/spec/none']}]")
                        .getFirst();

        new Concession("kustomize-controller", rule.pointers()).make(wanted, live);

        assertThat(wanted).isEqualTo(tree("{'spec': {'replicas': 5, 'list': [{'name': 'a'}]}}"));
    }

    private static boolean selects(String target) throws Exception {
        return rules("[{'paths': ['/spec/replicas'], 'target': " + target + "}]")
                .getFirst()
                .selects(WEB, "v1", Map.of("tier", "front"), Map.of());
    }

    private static List<IgnoredFields> rules(String text) throws Exception {
        JsonNode read = JSON.readTree(text.replace('\'', '"'));
        return IgnoredFields.parse(read);
    }

    private static ObjectNode tree(String text) throws Exception {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
