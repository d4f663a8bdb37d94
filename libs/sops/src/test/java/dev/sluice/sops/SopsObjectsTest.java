package dev.sluice.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SopsObjectsTest {
    private final SecureRandom random = new SecureRandom();
    private final AgeIdentity identity = AgeIdentity.generate(random);
    private final KeyRing keys = KeyRing.of(List.of(identity));

    @Test
    void decryptsAnObjectThatABuildHasChanged() throws Exception {
        ObjectNode object =
                encrypted(
                        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"dg==\"}}");
        object.withObject("metadata").put("namespace", "plant");

        ObjectNode clear = SopsObjects.decrypt(object, keys, DecryptOptions.WITHOUT_MAC);

        assertThat(clear)
                .isEqualTo(
                        json(
                                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"namespace\":\"plant\"},\"data\":{\"k\":\"dg==\"}}"));
        assertThat(SopsObjects.isEncrypted(object)).isTrue();
        assertThat(SopsObjects.ciphertextIn(object)).contains("sops", "data.k");
        assertThat(SopsObjects.ciphertextIn(clear)).isEmpty();
    }

    @Test
    void decryptsEntriesOfASecretByTheirNames() throws Exception {
        byte[] file =
                writer().encrypt(
                                bytes("A=1\n"),
                                Format.DOTENV,
                                to(),
                                SelectionRule.DEFAULT,
                                KeyRing.empty());
        byte[] raw =
                writer().encrypt(
                                bytes("raw"),
                                Format.BINARY,
                                to(),
                                SelectionRule.DEFAULT,
                                KeyRing.empty());
        ObjectNode secret = json("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{}}");
        secret.withObject("data")
                .put("a.env", base64(file))
                .put("a.json", base64(file))
                .put("raw", base64(raw))
                .put("plain", base64(bytes("x")));

        ObjectNode clear = SopsObjects.decrypt(secret, keys, DecryptOptions.WITHOUT_MAC);

        assertThat(decoded(clear, "a.env")).isEqualTo("A=1\n");
        assertThat(decoded(clear, "a.json")).isEqualTo("{\n\t\"A\": \"1\"\n}\n");
        assertThat(decoded(clear, "raw")).isEqualTo("raw");
        assertThat(decoded(clear, "plain")).isEqualTo("x");
        assertThat(secret.path("data").path("raw").asText()).isEqualTo(base64(raw));
    }

    @Test
    void minifiedJsonInAnEntryIsSeenToo() throws Exception {
        ObjectNode file = encrypted("{\"a\":\"b\"}");
        ObjectNode secret = json("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{}}");
        secret.withObject("data").put("a.json", base64(bytes(file.toString())));

        assertThat(decoded(SopsObjects.decrypt(secret, keys, DecryptOptions.WITHOUT_MAC), "a.json"))
                .isEqualTo("{\n\t\"a\": \"b\"\n}\n");
    }

    @Test
    void anObjectCanOptOut() throws Exception {
        ObjectNode object =
                encrypted(
                        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"dg==\"}}");
        object.withObject("metadata")
                .withObject("annotations")
                .put("kustomize.toolkit.fluxcd.io/decrypt", "Disabled");

        assertThat(SopsObjects.isEncrypted(object)).isFalse();
        assertThat(SopsObjects.decrypt(object, keys, DecryptOptions.WITHOUT_MAC)).isSameAs(object);
    }

    @Test
    void aFailureNamesTheEntryAndNoValue() throws Exception {
        ObjectNode secret = json("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{}}");
        byte[] file =
                writer().encrypt(
                                bytes("{\"a\":\"b\"}"),
                                Format.JSON,
                                to(),
                                SelectionRule.DEFAULT,
                                KeyRing.empty());
        secret.withObject("data").put("a.json", base64(file));

        assertThatThrownBy(() ->
                        SopsObjects.decrypt(secret, KeyRing.empty(), DecryptOptions.WITHOUT_MAC))
                .hasMessageContaining("a.json")
                .hasMessageContaining(identity.recipient().toString());
    }

    @Test
    void ciphertextIsFoundInAnyKindAndAnyDepth() throws Exception {
        ObjectNode list =
                json(
                        "{\"kind\":\"List\",\"items\":[{\"data\":{\"a\":\"ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\"}}]}");

        assertThat(SopsObjects.ciphertextIn(list)).containsExactly("items[0].data.a");
    }

    private ObjectNode encrypted(String json) throws SopsException, JsonProcessingException {
        SelectionRule rule =
                json.contains("Secret") ? SelectionRule.SECRET_DATA : SelectionRule.DEFAULT;
        return json(
                new String(
                        writer().encrypt(bytes(json), Format.JSON, to(), rule, KeyRing.empty()),
                        StandardCharsets.UTF_8));
    }

    private SopsWriter writer() {
        return new SopsWriter(random, Clock.systemUTC(), List.of());
    }

    private Recipients to() {
        return Recipients.of(List.of(new Recipient.Age(identity.recipient())));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }

    private static String decoded(ObjectNode secret, String entry) {
        return new String(
                Base64.getDecoder().decode(secret.path("data").path(entry).asText()),
                StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
