package dev.sluice.manifests;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a delivery wants in the cluster: objects, in the order of the build.
 *
 * <p>Stored as the bytes {@code SLB1} and a gzip of one line of canonical JSON for each object, so
 * that equal bundles have equal bytes and a part can be looked at with ordinary tools.
 *
 * @param objects are not copied one by one: whoever changes one changes the bundle
 */
public record Bundle(List<KubernetesObject> objects) {

    private static final byte[] MAGIC = "SLB1".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readerFor(JsonNode.class);

    public Bundle {
        objects = List.copyOf(objects);
    }

    /** The stored form. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        try (FastGzip gzip = new FastGzip(bytes)) {
            for (KubernetesObject object : objects) {
                CanonicalJson.write(object.tree(), gzip);
                gzip.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the stored form.
     *
     * @throws BundleFormatException where the bytes are not that, or pass a limit
     */
    public static Bundle decode(byte[] stored, BundleLimits limits) throws BundleFormatException {
        if (!Arrays.equals(
                stored, 0, Math.min(MAGIC.length, stored.length), MAGIC, 0, MAGIC.length)) {
            throw new BundleFormatException("not a bundle", null);
        }
        List<KubernetesObject> objects = new ArrayList<>();
        try (BufferedReader lines = lines(stored, limits)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (objects.size() == limits.objects()) {
                    throw new BundleFormatException(
                            "a bundle of more than " + limits.objects() + " objects", null);
                }
                objects.add(object(line, objects.size()));
            }
        } catch (IOException e) {
            throw new BundleFormatException("a damaged bundle: " + e.getMessage(), e);
        }
        return new Bundle(objects);
    }

    private static BufferedReader lines(byte[] stored, BundleLimits limits) throws IOException {
        InputStream packed =
                new ByteArrayInputStream(stored, MAGIC.length, stored.length - MAGIC.length);
        InputStream plain = new BoundedStream(new GZIPInputStream(packed), limits.bytes());
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    /** The cause of a failure is left out: parsers show the text, which may be secret. */
    private static KubernetesObject object(String line, int index) throws BundleFormatException {
        try {
            JsonNode tree = JSON.readTree(line);
            if (tree instanceof ObjectNode object) {
                return KubernetesObject.of(object);
            }
        } catch (JacksonException | InvalidObjectException e) {
            // told below
        }
        throw new BundleFormatException("object " + index + " of a bundle is no object", null);
    }

    /** How many objects, never which values. */
    @Override
    public String toString() {
        return "Bundle of " + objects.size() + " objects";
    }

    /** Most bundles are small and short-lived: speed counts more than the last bytes. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
