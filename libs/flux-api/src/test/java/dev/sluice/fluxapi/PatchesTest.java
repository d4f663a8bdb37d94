package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchesTest {

    private record Status(String a, List<String> list) {}

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }

    private static Metadata metadata() throws Exception {
        return FluxJson.read(
                        json(
                                """
                                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                                 "metadata": {"name": "app", "uid": "u", "resourceVersion": "7",
                                              "finalizers": ["theirs", "ours"]},
                                 "spec": {"interval": "1m", "prune": true,
                                          "sourceRef": {"kind": "GitRepository", "name": "fleet"}}}\
                                """),
                        Kustomization.class)
                .metadata();
    }

    @Test
    void aFinalizerIsWrittenOverTheListThatWasRead() throws Exception {
        assertThat(FinalizerPatch.without(metadata(), "ours"))
                .isEqualTo(
                        json(
                                """
                                {"metadata": {"uid": "u", "resourceVersion": "7", "finalizers": ["theirs"]}}\
                                """));
        assertThat(FinalizerPatch.with(metadata(), "new"))
                .isEqualTo(
                        json(
                                """
                                {"metadata": {"uid": "u", "resourceVersion": "7",
                                              "finalizers": ["theirs", "ours", "new"]}}\
                                """));
    }

    @Test
    void aStatusIsPatchedByWhatChanged() throws Exception {
        Status before = new Status("same", List.of("x"));

        assertThat(StatusPatch.between(before, new Status("same", List.of("x")), "u")).isEmpty();
        assertThat(StatusPatch.between(before, new Status("same", List.of()), "u"))
                .contains(json("{\"metadata\": {\"uid\": \"u\"}, \"status\": {\"list\": null}}"));
        assertThat(StatusPatch.between(before, new Status("other", List.of("x")), "u"))
                .contains(json("{\"metadata\": {\"uid\": \"u\"}, \"status\": {\"a\": \"other\"}}"));
        assertThat(StatusPatch.between(null, before, "u"))
                .contains(StatusPatch.whole(json("{}"), FluxJson.write(before), "u"));
    }

    @Test
    void aWholeStatusTakesAwayWhatItLacks() throws Exception {
        assertThat(StatusPatch.whole(json("{\"a\": 1, \"b\": 2}"), json("{\"a\": 1}"), "u"))
                .isEqualTo(
                        json(
                                """
                                {"metadata": {"uid": "u"}, "status": {"a": 1, "b": null}}\
                                """));
    }
}
