package dev.sluice.fluxapi.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.notification.Alert;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.source.ExternalArtifact;
import dev.sluice.fluxapi.source.GitRepository;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomResourceDefinitionsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Class<? extends FluxObject>> kinds() {
        return FluxKinds.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void describesEveryFieldInASentence(Class<? extends FluxObject> kind) {
        for (JsonNode version : CustomResourceDefinitions.of(kind).at("/spec/versions")) {
            var undescribed = new ArrayList<String>();
            collectUndescribed(version.at("/schema/openAPIV3Schema"), "", undescribed);

            assertThat(undescribed).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void storesOneVersionAndConvertsNone(Class<? extends FluxObject> kind) {
        ObjectNode definition = CustomResourceDefinitions.of(kind);

        assertThat(definition.at("/spec/conversion/strategy").asText()).isEqualTo("None");
        assertThat(
                        definition
                                .at("/spec/versions")
                                .valueStream()
                                .filter(v -> v.get("storage").asBoolean()))
                .hasSize(1);
        assertThat(
                        definition
                                .at("/metadata/annotations")
                                .path("kustomize.toolkit.fluxcd.io/substitute")
                                .asText())
                .isEqualTo("disabled");
    }

    @Test
    void derivesWhatIsRequiredFromNullness() {
        JsonNode spec = schema(Kustomization.class, 0).at("/properties/spec");

        assertThat(texts(spec.get("required"))).containsExactly("sourceRef", "interval", "prune");
        assertThat(texts(spec.at("/properties/postBuild/properties/substituteFrom/items/required")))
                .containsExactly("kind", "name");
        assertThat(schema(Kustomization.class, 0).has("required")).isFalse();
    }

    @Test
    void writesEachKindOfConstraint() {
        JsonNode kustomization = schema(Kustomization.class, 0).at("/properties/spec/properties");
        JsonNode repository = schema(GitRepository.class, 0).at("/properties/spec");

        assertThat(kustomization.at("/targetNamespace/maxLength").asInt()).isEqualTo(63);
        assertThat(kustomization.at("/interval/pattern").asText()).contains("ms|s|m|h");
        assertThat(texts(kustomization.at("/deletionPolicy/enum")))
                .contains("MirrorPrune", "WaitForTermination");
        assertThat(texts(kustomization.at("/buildMetadata/items/enum")))
                .contains("originAnnotations");
        assertThat(kustomization.at("/kubeConfig/x-kubernetes-validations")).hasSize(2);
        assertThat(kustomization.has("wait")).isTrue();
        assertThat(repository.at("/properties/timeout/default").asText()).isEqualTo("60s");
        assertThat(repository.at("/x-kubernetes-validations/0/rule").asText())
                .contains("serviceAccountName");
    }

    @Test
    void saysThatANewObjectIsNotYetObserved() {
        assertThat(
                        schema(GitRepository.class, 0)
                                .at("/properties/status/default/observedGeneration")
                                .asInt())
                .isEqualTo(-1);
        assertThat(schema(ExternalArtifact.class, 0).at("/properties/status").has("default"))
                .isFalse();
        assertThat(
                        CustomResourceDefinitions.of(Alert.class)
                                .at("/spec/versions/0")
                                .has("subresources"))
                .isFalse();
        assertThat(
                        CustomResourceDefinitions.of(GitRepository.class)
                                .at("/spec/versions/0/subresources")
                                .has("status"))
                .isTrue();
    }

    @Test
    void acceptsFieldsOfOlderVersionsInThoseOnly() {
        JsonNode stored = schema(Kustomization.class, 0).at("/properties/spec/properties");
        JsonNode older = schema(Kustomization.class, 1).at("/properties/spec/properties");

        assertThat(stored.has("patchesStrategicMerge")).isFalse();
        assertThat(
                        older.at(
                                        "/patchesStrategicMerge/items/x-kubernetes-preserve-unknown-fields")
                                .asBoolean())
                .isTrue();
        assertThat(older.at("/validation/type").asText()).isEqualTo("string");
        assertThat(
                        schema(GitRepository.class, 2)
                                .at("/properties/spec/properties")
                                .has("gitImplementation"))
                .isTrue();
    }

    @Test
    void givesRecordsTheDefaultsOfTheirDefinitions() throws Exception {
        var checked = new ArrayList<String>();
        for (Class<?> type : reachable()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Field field = component.getAnnotation(Field.class);
                if (field != null && !field.def().isEmpty()) {
                    Object value = component.getAccessor().invoke(empty(type));
                    assertThat(asText(value))
                            .as("%s.%s", type, component.getName())
                            .isEqualTo(asText(component, field.def()));
                    checked.add(component.getName());
                }
            }
        }

        assertThat(checked).contains("timeout", "provider", "optional", "exclusionList", "update");
    }

    private static String asText(Object value) throws Exception {
        JsonNode json =
                value instanceof Record record && !(value instanceof GoDuration)
                        ? FluxJson.write(record)
                        : MAPPER.valueToTree(value);
        return json.isTextual() ? json.asText() : json.toString();
    }

    private static String asText(RecordComponent component, String def) throws Exception {
        if (component.getType().equals(GoDuration.class)) {
            return GoDuration.parse(def).toString();
        }
        return component.getType().equals(String.class) ? def : MAPPER.readTree(def).toString();
    }

    private static Record empty(Class<?> type) throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    types[i].equals(boolean.class)
                            ? (Object) false
                            : types[i].isPrimitive() ? (Object) 0 : null;
        }
        return (Record) constructor.newInstance(arguments);
    }

    private static Set<Class<?>> reachable() {
        var found = new LinkedHashSet<Class<?>>();
        FluxKinds.ALL.forEach(kind -> addRecords(kind, found));
        return found;
    }

    private static void addRecords(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments())
                    .forEach(argument -> addRecords(argument, found));
        } else if (type instanceof Class<?> raw && raw.isRecord() && found.add(raw)) {
            Arrays.stream(raw.getRecordComponents())
                    .forEach(component -> addRecords(component.getGenericType(), found));
        }
    }

    private static void collectUndescribed(JsonNode schema, String path, List<String> undescribed) {
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    String name = path + "." + property.getKey();
                    String description = property.getValue().path("description").asText();
                    if (!description.endsWith(".") && !name.equals(".metadata")) {
                        undescribed.add(name);
                    }
                    collectUndescribed(property.getValue(), name, undescribed);
                    collectUndescribed(property.getValue().path("items"), name, undescribed);
                    collectUndescribed(
                            property.getValue().path("additionalProperties"), name, undescribed);
                });
    }

    private static JsonNode schema(Class<? extends FluxObject> kind, int version) {
        return CustomResourceDefinitions.of(kind)
                .at("/spec/versions/" + version + "/schema/openAPIV3Schema");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
