package dev.sluice.fluxapi.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.MalformedObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in {@code objects/} is an object with every field of its kind's spec. */
class FluxKindsTest {

    static Stream<Class<? extends FluxObject>> kinds() {
        return FluxKinds.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writesAnObjectAsItWasRead(Class<? extends FluxObject> kind)
            throws MalformedObjectException, IOException {
        JsonNode object = object(kind);

        Record read = FluxJson.read(object, kind.asSubclass(Record.class));

        JsonNode written = FluxJson.write(read);
        assertThat(written.get("spec")).isEqualTo(object.get("spec"));
        assertThat(written.get("kind")).isEqualTo(object.get("kind"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasAnExampleForEveryFieldOfTheSpec(Class<? extends FluxObject> kind) throws IOException {
        JsonNode schema =
                CustomResourceDefinitions.of(kind)
                        .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

        var missing = new ArrayList<String>();
        collectMissing(schema, List.of(object(kind).get("spec")), "spec", missing);

        assertThat(missing).allMatch(FluxKindsTest::isLeftOutOnPurpose);
    }

    /** Fields that exclude others in the same object. */
    private static boolean isLeftOutOnPurpose(String path) {
        return path.startsWith("spec.chartRef")
                || path.startsWith("spec.kubeConfig.")
                || path.equals("spec.secretRef")
                || path.equals("spec.serviceAccountName")
                || path.startsWith("spec.git.checkout.ref.")
                || path.startsWith("spec.postRenderers.kustomize.")
                || path.matches("spec\\.(driftDetection\\.)?ignore\\.target\\..*")
                || path.startsWith("spec.healthCheckExprs.")
                || path.startsWith("spec.dependsOn.")
                || path.startsWith("spec.accessFrom.")
                || path.equals("spec.upgrade.strategy.retryInterval");
    }

    private static void collectMissing(
            JsonNode schema, List<JsonNode> values, String path, List<String> missing) {
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    String name = path + "." + property.getKey();
                    List<JsonNode> inner =
                            values.stream()
                                    .map(value -> value.get(property.getKey()))
                                    .filter(v -> v != null)
                                    .toList();
                    if (inner.isEmpty()) {
                        missing.add(name);
                        return;
                    }
                    JsonNode items = property.getValue().path("items");
                    if (items.isMissingNode()) {
                        collectMissing(property.getValue(), inner, name, missing);
                    } else {
                        collectMissing(
                                items,
                                inner.stream().flatMap(JsonNode::valueStream).toList(),
                                name,
                                missing);
                    }
                });
    }

    private static JsonNode object(Class<? extends FluxObject> kind) throws IOException {
        String name = "/objects/" + kind.getSimpleName().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream in = FluxKindsTest.class.getResourceAsStream(name)) {
            return new ObjectMapper().readTree(in);
        }
    }
}
