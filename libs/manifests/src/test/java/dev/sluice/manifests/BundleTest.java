package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    @Test
    void keepsObjectsTheirOrderAndTheirNumbers() throws Exception {
        Bundle bundle =
                new Bundle(
                        List.of(
                                object(
                                        "z",
                                        "{\"replicas\":3,\"ratio\":0.10,\"big\":12345678901234567890}"),
                                object("a", "{\"empty\":{},\"none\":null,\"text\":\"ü\\n\"}")));

        Bundle read = Bundle.decode(bundle.encode(), BundleLimits.DEFAULT);

        assertThat(read.objects()).extracting(KubernetesObject::name).containsExactly("z", "a");
        assertThat(
                        new String(
                                CanonicalJson.bytes(read.objects().getFirst().tree().get("spec")),
                                StandardCharsets.UTF_8))
                .isEqualTo("{\"big\":12345678901234567890,\"ratio\":0.10,\"replicas\":3}");
        assertThat(read.objects().getLast().tree()).isEqualTo(bundle.objects().getLast().tree());
    }

    @Test
    void hasTheSameBytesWhateverTheOrderOfKeys() throws Exception {
        Bundle one = new Bundle(List.of(object("a", "{\"x\":1,\"y\":{\"b\":1,\"a\":2}}")));
        Bundle other = new Bundle(List.of(object("a", "{\"y\":{\"a\":2,\"b\":1},\"x\":1}")));

        assertThat(one.encode()).isEqualTo(other.encode());
    }

    @Test
    void mayHoldNothing() throws Exception {
        byte[] stored = new Bundle(List.of()).encode();

        assertThat(Bundle.decode(stored, BundleLimits.DEFAULT).objects()).isEmpty();
    }

    @Test
    void refusesWhatIsNoBundle() throws Exception {
        byte[] stored = new Bundle(List.of(object("a", "{}"))).encode();
        byte[] cut = Arrays.copyOf(stored, stored.length - 12);

        assertRefused(new byte[0], BundleLimits.DEFAULT, "not a bundle");
        assertRefused(new byte[] {'S', 'L'}, BundleLimits.DEFAULT, "not a bundle");
        assertRefused(
                "kind: List".getBytes(StandardCharsets.UTF_8),
                BundleLimits.DEFAULT,
                "not a bundle");
        assertRefused(cut, BundleLimits.DEFAULT, "damaged");
    }

    @Test
    void refusesMoreThanTheLimits() throws Exception {
        byte[] stored =
                new Bundle(
                                List.of(
                                        object("a", "{}"),
                                        object("b", "{\"x\":\"" + "y".repeat(99_999) + "\"}")))
                        .encode();

        assertRefused(stored, new BundleLimits(1 << 20, 1), "more than 1 objects");
        assertRefused(stored, new BundleLimits(50_000, 10), "more than 50000 bytes");
    }

    private static void assertRefused(byte[] stored, BundleLimits limits, String why) {
        assertThatExceptionOfType(BundleFormatException.class)
                .isThrownBy(() -> Bundle.decode(stored, limits))
                .withMessageContaining(why);
    }

    private static KubernetesObject object(String name, String spec) throws Exception {
        ObjectNode tree = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Thing");
        tree.putObject("metadata").put("name", name);
        tree.set("spec", JSON.readTree(spec));
        return KubernetesObject.of(tree);
    }
}
