package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the records to the published schemas and examples, and the topics to the records. */
class ContractTest {

    private static final Path SCHEMAS =
            Path.of(System.getProperty("sluice.root")).resolve("schemas");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMA_FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);

    @TestFactory
    Stream<DynamicTest> everyEventHasAnExampleThatItsSchemaAcceptsAndItsRecordKeepsWhole() {
        return Arrays.stream(EventType.values())
                .map(type -> dynamicTest(type.word, () -> holds(type)));
    }

    @TestFactory
    Stream<DynamicTest> noRequiredFieldMayBeMissing() {
        return Arrays.stream(EventType.values())
                .map(type -> dynamicTest(type.word, () -> refusesWhatLacksItsIdentity(type)));
    }

    @Test
    void everyEventIsCarriedByATopic() {
        assertThat(Arrays.stream(Topic.values()).flatMap(topic -> topic.carries().stream()))
                .containsAll(
                        Arrays.stream(EventType.values())
                                .<Class<? extends Event>>map(t -> t.record)
                                .toList());
    }

    @Test
    void asyncApiNamesEveryTopicThatCarriesEvents() throws IOException {
        String asyncApi = Files.readString(SCHEMAS.resolve("asyncapi.yaml"));
        for (Topic topic : Topic.values()) {
            if (!topic.carries().isEmpty()) {
                assertThat(asyncApi).contains("address: " + topic.topicName() + "\n");
            }
        }
    }

    private static void holds(EventType type) throws Exception {
        byte[] example = Files.readAllBytes(SCHEMAS.resolve("examples/" + type.word + ".json"));
        assertThat(schema(type).validate(JSON.readTree(example))).isEmpty();

        Map<String, String> headers =
                Map.of(
                        "ce_type",
                        type.ceType(),
                        "ce_id",
                        "0192f0000000",
                        "ce_source",
                        "sluice/test",
                        "ce_time",
                        Instant.EPOCH.toString());
        Envelope<Event> read = EventCodec.read(headers, example);
        JsonNode written = JSON.readTree(EventCodec.body(read.event()));

        assertThat(written).isEqualTo(JSON.readTree(example));
        assertThat(EventCodec.headers(read)).containsEntry("ce_subject", read.event().key());
        assertThat(EventCodec.read(EventCodec.headers(read), EventCodec.body(read.event())))
                .isEqualTo(read);
    }

    private static void refusesWhatLacksItsIdentity(EventType type) throws IOException {
        assertThat(schema(type).validate(JSON.readTree("{}"))).isNotEmpty();
    }

    private static JsonSchema schema(EventType type) throws IOException {
        return SCHEMA_FACTORY.getSchema(
                JSON.readTree(Files.readAllBytes(SCHEMAS.resolve(type.word + ".v1.schema.json"))));
    }
}
