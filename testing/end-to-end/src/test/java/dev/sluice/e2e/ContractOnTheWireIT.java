package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.sluice.events.Topic;
import dev.sluice.testkit.git.SampleRepository;
import dev.sluice.topics.TopicReader;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What an ordinary consumer sees: events that hold to their schemas, and no secret anywhere. */
class ContractOnTheWireIT {

    private static final String MARKER = "canary-7f3a9c51e2";

    @Test
    void everyRecordHoldsToItsSchemaAndNoSecretIsInARecordAFileOrALog() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("wire");
                SluiceProcess sluice = rig.up()) {
            String ns = rig.namespace("e2e-wire");
            rig.client
                    .secrets()
                    .inNamespace(ns)
                    .resource(
                            new SecretBuilder()
                                    .withNewMetadata()
                                    .withName("vars")
                                    .endMetadata()
                                    .addToStringData("password", MARKER)
                                    .build())
                    .create();
            String commit =
                    repository.commit(
                            "first",
                            Map.of(
                                    "s.yaml",
                                    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n  password: ${password}\n",
                                    "a.yaml",
                                    PipelineIT.configMap("a", "one")));
            rig.gitRepository(ns, "source", "wire");
            rig.kustomization(
                    ns,
                    "app",
                    "./",
                    Map.of(
                            "postBuild",
                            Map.of(
                                    "substituteFrom",
                                    List.of(Map.of("kind", "Secret", "name", "vars")))));
            rig.awaitApplied(ns, "app", commit);
            rig.client.configMaps().inNamespace(ns).withName("a").delete();
            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> assertThat(rig.data(ns, "a")).isNotNull());

            List<ConsumerRecord<String, byte[]>> records = readAll(sluice.brokers());

            assertThat(records)
                    .extracting(ContractOnTheWireIT::type)
                    .contains(
                            "source.changed",
                            "delivery.rendered",
                            "delivery.revealed",
                            "delivery.applied",
                            "drift.detected");
            for (ConsumerRecord<String, byte[]> record : records) {
                assertHoldsToItsSchema(record);
                assertHasNoMarker(record.topic(), record.value());
            }
            assertThat(String.join("\n", sluice.output())).doesNotContain(MARKER);
            Files.walkFileTree(rig.directory.resolve("data"), new Search());
        }
    }

    /** Reads every file. The process runs: its files for the moment come and go meanwhile. */
    private static final class Search extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            try {
                assertHasNoMarker(file.toString(), Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    private static void assertHoldsToItsSchema(ConsumerRecord<String, byte[]> record)
            throws IOException {
        if (record.value() == null) {
            return;
        }
        ObjectMapper json = new ObjectMapper();
        Path schema = SluiceProcess.ROOT.resolve("schemas/" + type(record) + ".v1.schema.json");
        assertThat(
                        JsonSchemaFactory.getInstance(VersionFlag.V202012)
                                .getSchema(json.readTree(Files.readAllBytes(schema)))
                                .validate(json.readTree(record.value())))
                .as("%s on %s", type(record), record.topic())
                .isEmpty();
    }

    private static void assertHasNoMarker(String where, byte[] content) {
        if (content == null) {
            return;
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String encoded =
                Base64.getEncoder()
                        .encodeToString(MARKER.getBytes(StandardCharsets.UTF_8))
                        .replace("=", "");
        assertThat(
                        text.contains(MARKER)
                                || text.contains(encoded.substring(0, encoded.length() - 2)))
                .as("the secret is in %s", where)
                .isFalse();
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8)
                .replaceAll("^dev\\.sluice\\.|\\.v1$", "");
    }

    private static List<ConsumerRecord<String, byte[]>> readAll(String brokers) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        TopicReader reader = new TopicReader(Map.of("bootstrap.servers", brokers));
        for (Topic topic : Topic.values()) {
            if (topic.kind() != Topic.Kind.NOTES) {
                reader.all(topic.topicName(), all::add);
            }
        }
        return all;
    }
}
