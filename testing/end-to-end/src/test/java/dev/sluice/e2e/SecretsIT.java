package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.Topic;
import dev.sluice.sops.Format;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encrypted files and the keys that open them, with the whole pipeline running. */
class SecretsIT {

    private static final Map<String, Object> DECRYPT =
            Map.of("decryption", Map.of("provider", "sops", "secretRef", Map.of("name", "keys")));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AgeIdentity old = AgeIdentity.generate(Sealed.RANDOM);
    private final AgeIdentity fresh = AgeIdentity.generate(Sealed.RANDOM);

    private Rig rig;
    private SluiceProcess sluice;

    @BeforeEach
    void start() {
        rig = new Rig();
        sluice = rig.up();
    }

    @AfterEach
    void stop() {
        sluice.close();
        rig.close();
    }

    @Test
    void aKeyIsReplacedByTwoCommitsAndOnlyTheNewOneIsNeededFromNothing() throws Exception {
        String ns = rig.namespace("e2e-rotate");
        keySecret(ns, old.secretText());
        Path tree = Files.createTempDirectory("sluice-rotate");
        Path oldKey = Files.writeString(tree.resolveSibling(tree.getFileName() + ".old"), old.secretText());
        Path freshKey = Files.writeString(tree.resolveSibling(tree.getFileName() + ".new"), fresh.secretText());
        write(tree, "keys/keys.enc.yaml", Sealed.manifest(keys(old.secretText()), old));
        write(tree, "a/db.enc.yaml", Sealed.manifest(Sealed.secret("db", "password", "one"), old));
        write(tree, "b/app.enc.env", Sealed.file("TOKEN=two\n", Format.DOTENV, SelectionRule.DEFAULT, old));
        write(
                tree,
                "b/kustomization.yaml",
                "generatorOptions: {disableNameSuffixHash: true}\nsecretGenerator:\n- name: app\n  envs: [app.enc.env]\n");
        try (SampleRepository repository = rig.repository("rotate")) {
            String first = repository.commitDirectory("first", tree);
            rig.gitRepository(ns, "source", "rotate");
            for (String name : List.of("keys", "a", "b")) {
                rig.kustomization(ns, name, "./" + name, DECRYPT);
            }
            awaitAll(ns, first);

            write(
                    tree,
                    "keys/keys.enc.yaml",
                    Sealed.manifest(keys(old.secretText() + "\n" + fresh.secretText()), old));
            SluiceProcess.run(
                    "secrets", "rotate", tree.toString(),
                    "--add-recipient", fresh.recipient().toString(),
                    "--key", oldKey.toString());
            String second = repository.commitDirectory("second", tree);
            rig.poke(ns, "source");
            awaitAll(ns, second);

            write(tree, "keys/keys.enc.yaml", Sealed.manifest(keys(fresh.secretText()), fresh));
            SluiceProcess.run(
                    "secrets", "rotate", tree.toString(),
                    "--remove-recipient", old.recipient().toString(),
                    "--key", freshKey.toString());
            String third = repository.commitDirectory("third", tree);
            rig.poke(ns, "source");
            awaitAll(ns, third);

            assertThat(value(ns, "keys", "age.key")).isEqualTo(fresh.secretText());
            assertThat(Files.readString(tree.resolve("a/db.enc.yaml")))
                    .doesNotContain(old.recipient().toString());

            sluice.stop();
            delete(rig.directory.resolve("data"));
            sluice = rig.up();
            write(tree, "a/db.enc.yaml", Sealed.manifest(Sealed.secret("db", "password", "three"), fresh));
            String fourth = repository.commitDirectory("fourth", tree);
            rig.poke(ns, "source");
            awaitAll(ns, fourth);
            assertThat(value(ns, "db", "password")).isEqualTo("three");
            assertThat(value(ns, "app", "TOKEN")).isEqualTo("two");
        }
    }

    @Test
    void thePipelinesOwnKeysAreChangedWithNoLostDelivery() throws Exception {
        String ns = rig.namespace("e2e-own-keys");
        keySecret(ns, old.secretText());
        try (SampleRepository repository = rig.repository("own")) {
            String first =
                    repository.commit(
                            "first",
                            Map.of("db.enc.yaml", Sealed.manifest(Sealed.secret("db", "p", "one"), old)));
            rig.gitRepository(ns, "source", "own");
            rig.kustomization(ns, "app", "./", DECRYPT);
            rig.awaitApplied(ns, "app", first);
            Map<String, String> published = publicKeys();
            String version = secret(ns, "db").getMetadata().getResourceVersion();

            rotate();
            assertThat(publicKeys()).doesNotContainValue(published.get("recipient"));
            String second =
                    repository.commit(
                            "second",
                            Map.of("other.yaml", PipelineIT.configMap("other", "one")));
            rig.poke(ns, "source");
            rig.awaitApplied(ns, "app", second);
            rotate("--drop-old");

            assertThat(publicKeys().get("verifying.key").lines()).hasSize(1);
            sluice.stop();
            sluice = rig.up();
            rig.client.secrets().inNamespace(ns).withName("db").edit(s ->
                    new SecretBuilder(s).addToStringData("p", "by hand").build());
            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> assertThat(value(ns, "db", "p")).isEqualTo("one"));
            assertThat(version).isNotBlank();
            assertThat(String.join("\n", sluice.output())).doesNotContain("is refused");
        }
    }

    @Test
    void aForgedRecordIsRefusedCountedAndTold() throws Exception {
        String ns = rig.namespace("e2e-forged");
        try (SampleRepository repository = rig.repository("forged")) {
            String first =
                    repository.commit("first", Map.of("a.yaml", PipelineIT.configMap("a", "one")));
            rig.gitRepository(ns, "source", "forged");
            rig.kustomization(ns, "app", "./", Map.of());
            rig.awaitApplied(ns, "app", first);
            ConsumerRecord<String, byte[]> genuine =
                    Wire.read(sluice.brokers(), List.of(Topic.REVEALED)).stream()
                            .filter(r -> r.key().contains(ns))
                            .findFirst()
                            .orElseThrow();
            ObjectNode forged = (ObjectNode) JSON.readTree(genuine.value());
            ((ObjectNode) forged.path("position"))
                    .put("source", forged.path("position").path("source").asLong() + 1);
            String version =
                    rig.client.configMaps().inNamespace(ns).withName("a").get()
                            .getMetadata().getResourceVersion();

            Wire.write(
                    sluice.brokers(),
                    Topic.REVEALED,
                    genuine.key(),
                    JSON.writeValueAsBytes(forged),
                    new RecordHeaders(genuine.headers().toArray()));

            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(Wire.read(sluice.brokers(), List.of(Topic.AUDIT)))
                                .extracting(r -> new String(r.value(), StandardCharsets.UTF_8))
                                .anyMatch(text -> text.contains(ns) && text.contains("signature"));
                        assertThat(rig.client.v1().events().inNamespace(ns).list().getItems())
                                .anyMatch(event -> "RecordRefused".equals(event.getReason()));
                        assertThat(get(sluice.http() + "/q/metrics"))
                                .containsPattern(
                                        "sluice_records_refused_total\\{[^}]*why=\"signature\"[^}]*} 1");
                    });
            assertThat(
                            rig.client.configMaps().inNamespace(ns).withName("a").get()
                                    .getMetadata().getResourceVersion())
                    .isEqualTo(version);
            rig.awaitApplied(ns, "app", first);
        }
    }

    @Test
    void aCommitWithASecretInClearBesideItsEncryptedFileIsRefused() throws Exception {
        String ns = rig.namespace("e2e-clear");
        try (SampleRepository repository = rig.repository("clear")) {
            repository.commit(
                    "first",
                    Map.of(
                            "db.enc.yaml", Sealed.manifest(Sealed.secret("db", "p", "one"), old),
                            "db.clear.yaml", Sealed.secret("db", "p", "one")));
            rig.gitRepository(ns, "source", "clear");

            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> {
                        Map<String, Object> ready =
                                Rig.condition(
                                        rig.get(Rig.SOURCE, "GitRepository", ns, "source"), "Ready");
                        assertThat(ready).containsEntry("reason", "SecretInClear");
                        assertThat(ready.get("message").toString()).contains("db.clear.yaml");
                    });
        }
    }

    private void rotate(String... more) {
        SluiceProcess.run(
                Stream.concat(
                                Stream.of(
                                        "secrets",
                                        "rotate-pipeline-keys",
                                        "--kubeconfig",
                                        rig.controlPlane.kubeconfig("admin").toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Map<String, String> publicKeys() {
        return rig.client.configMaps().inNamespace("flux-system").withName("sluice-keys").get().getData();
    }

    private void awaitAll(String ns, String commit) {
        for (String name : List.of("keys", "a", "b")) {
            rig.awaitApplied(ns, name, commit);
        }
    }

    private void keySecret(String ns, String identity) {
        rig.client
                .secrets()
                .inNamespace(ns)
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("keys")
                                .endMetadata()
                                .addToStringData("age.key", identity)
                                .build())
                .create();
    }

    private static String keys(String identities) {
        return Sealed.secret("keys", "age.key", identities);
    }

    private Secret secret(String ns, String name) {
        return rig.client.secrets().inNamespace(ns).withName(name).get();
    }

    private String value(String ns, String name, String entry) {
        return new String(
                Base64.getDecoder().decode(secret(ns, name).getData().get(entry)),
                StandardCharsets.UTF_8);
    }

    private static String get(String address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void write(Path tree, String path, String text) throws Exception {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
