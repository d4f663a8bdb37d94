package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.Topic;
import dev.sluice.sops.Format;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Secrets take every road through the pipeline, and are then looked for in all that it leaves. */
class CanaryIT {

    private final Canary canary = new Canary();
    private final AgeIdentity key = AgeIdentity.generate(Sealed.RANDOM);

    @Test
    void noSecretIsSeenOnAnyRoad() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("canary");
                SluiceProcess sluice = rig.up()) {
            String ns = rig.namespace("e2e-canary");
            canary.watch("the key", key.secretText());
            secret(rig, ns, "keys", Map.of("age.key", key.secretText()));
            secret(rig, ns, "vars", variables());
            String first = repository.commit("first", files());
            rig.gitRepository(ns, "source", "canary");
            rig.kustomization(ns, "good", "./good", spec());
            for (String failing : List.of("type", "number", "name", "yaml", "label", "env")) {
                rig.kustomization(ns, failing, "./" + failing, spec());
            }
            rig.awaitApplied(ns, "good", first);
            for (String failing : List.of("type", "number", "name", "label")) {
                rig.awaitFailure(ns, failing, "ReconciliationFailed");
            }
            rig.awaitFailure(ns, "yaml", "BuildFailed");
            rig.awaitFailure(ns, "env", "BuildFailed");

            change(rig, ns);
            prune(rig, ns, repository);
            Wire.write(
                    sluice.brokers(),
                    Topic.REVEALED,
                    "garbage",
                    "{".getBytes(StandardCharsets.UTF_8),
                    new RecordHeaders());
            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Wire.read(sluice.brokers(), List.of(Topic.DEAD_LETTERS)))
                                    .isNotEmpty());

            search(rig, ns, sluice);
        }
    }

    private Map<String, String> variables() {
        return Map.of(
                "good", canary.marker("a variable"),
                "type", canary.marker("a variable in an enum"),
                "number", canary.marker("a variable in a number"),
                "name", canary.marker("a variable in a reference") + "_!",
                "label", canary.marker("a variable in a label") + " !",
                "yaml", "*" + canary.marker("a variable that is an alias"));
    }

    private Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        files.put(
                "good/whole.enc.yaml",
                Sealed.manifest(Sealed.secret("whole", "p", canary.marker("an object")), key));
        files.put(
                "good/gone.enc.yaml",
                Sealed.manifest(Sealed.secret("gone", "p", canary.marker("a pruned object")), key));
        files.put(
                "good/app.enc.env",
                Sealed.file(
                        "TOKEN=" + canary.marker("a generator") + "\n",
                        Format.DOTENV,
                        SelectionRule.DEFAULT,
                        key));
        files.put("good/entry.yaml", entry(canary.marker("an entry")));
        files.put("good/filled.yaml", PipelineIT.configMap("filled", "${good}"));
        files.put(
                "good/kustomization.yaml",
                "resources: [whole.enc.yaml, gone.enc.yaml, entry.yaml, filled.yaml]\nsecretGenerator:\n- name: app\n  envs: [app.enc.env]\n");
        files.put("type/s.yaml", service("${type}", "80"));
        files.put("number/s.yaml", service("ClusterIP", "${number}"));
        files.put(
                "name/b.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ${name}\n  name: r\n");
        files.put(
                "label/c.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: labelled\n  labels:\n    x: ${label}\n");
        files.put("yaml/c.yaml", PipelineIT.configMap("broken", "${yaml}"));
        files.put(
                "env/bad.enc.env",
                Sealed.file(
                        "BAD KEY!=" + canary.marker("a line that no generator takes") + "\n",
                        Format.DOTENV,
                        SelectionRule.DEFAULT,
                        key));
        files.put(
                "env/kustomization.yaml",
                "secretGenerator:\n- name: bad\n  envs: [bad.enc.env]\n");
        return files;
    }

    private String entry(String value) {
        String file =
                Sealed.file("a: " + value + "\n", Format.YAML, SelectionRule.DEFAULT, key);
        return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: entry\ndata:\n  a.yaml: "
                + Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8))
                + "\n";
    }

    private static String service(String type, String port) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  type: "
                + type
                + "\n  ports:\n  - port: "
                + port
                + "\n";
    }

    private static Map<String, Object> spec() {
        return Map.of(
                "decryption",
                Map.of("provider", "sops", "secretRef", Map.of("name", "keys")),
                "postBuild",
                Map.of("substituteFrom", List.of(Map.of("kind", "Secret", "name", "vars"))));
    }

    /** Someone writes a secret of his own over one of ours. */
    private void change(Rig rig, String ns) {
        String theirs = canary.marker("a value that was put in by hand");
        rig.client
                .secrets()
                .inNamespace(ns)
                .withName("whole")
                .edit(secret -> new SecretBuilder(secret).addToStringData("p", theirs).build());
        await().atMost(Rig.PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        new String(
                                                Base64.getDecoder()
                                                        .decode(
                                                                rig.client
                                                                        .secrets()
                                                                        .inNamespace(ns)
                                                                        .withName("whole")
                                                                        .get()
                                                                        .getData()
                                                                        .get("p")),
                                                StandardCharsets.UTF_8))
                                .isNotEqualTo(theirs));
    }

    private static void prune(Rig rig, String ns, SampleRepository repository) throws Exception {
        Map<String, String> change = new HashMap<>();
        change.put("good/gone.enc.yaml", null);
        change.put(
                "good/kustomization.yaml",
                "resources: [whole.enc.yaml, entry.yaml, filled.yaml]\nsecretGenerator:\n- name: app\n  envs: [app.enc.env]\n");
        String second = repository.commit("second", change);
        rig.poke(ns, "source");
        rig.awaitApplied(ns, "good", second);
        assertThat(rig.client.secrets().inNamespace(ns).withName("gone").get()).isNull();
    }

    private void search(Rig rig, String ns, SluiceProcess sluice) throws Exception {
        for (ConsumerRecord<String, byte[]> record : Wire.readAll(sluice.brokers())) {
            canary.assertNotIn(record.topic() + " key", String.valueOf(record.key()));
            if (record.value() != null) {
                canary.assertNotIn(record.topic(), record.value());
            }
            record.headers()
                    .forEach(header ->
                            canary.assertNotIn(
                                    record.topic() + " header " + header.key(), header.value()));
        }
        for (String kind : List.of("Kustomization", "GitRepository")) {
            String version = kind.equals("Kustomization") ? Rig.KUSTOMIZE : Rig.SOURCE;
            canary.assertNotIn(
                    "the " + kind + "s",
                    Serialization.asJson(
                            rig.client
                                    .genericKubernetesResources(version, kind)
                                    .inNamespace(ns)
                                    .list()));
        }
        canary.assertNotIn(
                "the Events",
                Serialization.asJson(rig.client.v1().events().inAnyNamespace().list()));
        for (String path : List.of("/q/metrics", "/q/health", "/")) {
            canary.assertNotIn(path, get(sluice.http() + path));
        }
        canary.assertNotIn("the log", String.join("\n", sluice.output()));
        try (Stream<Path> files = Files.walk(rig.directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                searchFile(file);
            }
        }
    }

    private void searchFile(Path file) throws Exception {
        try {
            canary.assertNotIn(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            // The broker is at work: it was a file of its own that has served its time.
        }
    }

    private static void secret(Rig rig, String ns, String name, Map<String, String> entries) {
        rig.client
                .secrets()
                .inNamespace(ns)
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withStringData(entries)
                                .build())
                .create();
    }

    private static String get(String address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
