package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Values that must not be seen, and everything by which one could be told: itself, its halves, and
 * its base64 wherever it begins within a text.
 */
final class Canary {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 24;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> traces = new LinkedHashMap<>();

    /** A new value. */
    String marker(String path) {
        StringBuilder marker = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            marker.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        watch(path, marker.toString());
        return marker.toString();
    }

    /** A value that came from elsewhere. */
    void watch(String path, String value) {
        traces.put(value, path);
        int half = value.length() / 2;
        traces.put(value.substring(0, half), path + ", first half");
        traces.put(value.substring(half), path + ", second half");
        for (int before = 0; before < 3; before++) {
            byte[] shifted = ("xxx".substring(0, before) + value).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The outer characters depend on the neighbours.
            int from = before == 0 ? 0 : 4;
            traces.put(
                    encoded.substring(from, encoded.length() - 2),
                    path + ", base64 at " + before);
        }
    }

    void assertNotIn(String where, String text) {
        traces.forEach((trace, path) ->
                assertThat(text.contains(trace)).as("%s is in %s", path, where).isFalse());
    }

    /** Also where the bytes are a gzip file. */
    void assertNotIn(String where, byte[] bytes) {
        assertNotIn(where, new String(bytes, StandardCharsets.ISO_8859_1));
        if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                assertNotIn(
                        where + ", unpacked",
                        new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // It only began like one.
            }
        }
    }
}
