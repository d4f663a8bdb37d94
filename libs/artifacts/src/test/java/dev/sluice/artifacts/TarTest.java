package dev.sluice.artifacts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

    @Test
    void normalisesEveryHeader() throws IOException {
        byte[] tar = tar("run.sh", true, "x");

        assertThat(field(tar, 0, 100)).isEqualTo("run.sh");
        assertThat(field(tar, 100, 8)).isEqualTo("0000700");
        assertThat(field(tar, 108, 8)).isEqualTo("0000000");
        assertThat(field(tar, 116, 8)).isEqualTo("0000000");
        assertThat(field(tar, 124, 12)).isEqualTo("00000000001");
        assertThat(field(tar, 136, 12)).isEqualTo("00000000000");
        assertThat(field(tar, 156, 1)).isEqualTo("0");
        assertThat(field(tar, 265, 32)).isEmpty();
        assertThat(tar).hasSize(4 * TarWriter.BLOCK);
    }

    @Test
    void theChecksumCountsItselfAsSpaces() throws IOException {
        byte[] header = Arrays.copyOf(tar("a", false, ""), TarWriter.BLOCK);
        int told = Integer.parseInt(field(header, 148, 7), 8);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }

        assertThat(told).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 155, 156, 200, 255, 256, 257, 990, 1000, 4000})
    void readsPathsOfEveryLength(int length) throws IOException {
        String flat = "p".repeat(length);
        StringBuilder deep = new StringBuilder("d");
        while (deep.length() + 3 < length) {
            deep.append("/dd");
        }

        assertThat(read(tar(flat, false, "1"))).containsExactly(Map.entry(flat, "1"));
        assertThat(read(tar(deep.toString(), false, "2")))
                .containsExactly(Map.entry(deep.toString(), "2"));
    }

    @Test
    void readsPathsThatAreNotAscii() throws IOException {
        assertThat(read(tar("ünï cödé/\n.txt", false, "u")))
                .containsExactly(Map.entry("ünï cödé/\n.txt", "u"));
    }

    @Test
    void anArchiveThatIsCutShortIsAnError() throws IOException {
        byte[] tar = tar("a", false, "content");

        assertThatThrownBy(() -> read(Arrays.copyOf(tar, 600))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(tar, 100))).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "a/.."})
    void aPathThatLeavesTheRootIsRefused(String path) throws IOException {
        byte[] tar = tar(path, false, "x");

        assertThatThrownBy(() -> read(tar)).hasCauseInstanceOf(ArtifactRefusedException.class);
    }

    @Test
    void whatIsNoArchiveIsAnError() {
        assertThatThrownBy(() -> read("plain bytes".repeat(100).getBytes(UTF_8)))
                .hasMessageContaining("not a tar archive");
    }

    @Test
    void aBombIsRefusedBeforeItGoesOff() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(out)) {
            TarWriter tar = new TarWriter(gzip);
            for (int i = 0; i < 40; i++) {
                tar.file("zeros" + i, false, new byte[1 << 20]);
            }
            tar.end();
        }
        ArtifactLimits small = new ArtifactLimits(100, 1 << 22, 1 << 21, 8, 100);

        assertThat(out.size()).isLessThan(1 << 17);
        assertThatThrownBy(() ->
                        TarReader.read(
                                new ByteArrayInputStream(out.toByteArray()),
                                small,
                                (entry, content) -> {}))
                .isInstanceOf(ArtifactRefusedException.class);
    }

    private static byte[] tar(String path, boolean executable, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        tar.file(path, executable, content.getBytes(UTF_8));
        tar.end();
        return out.toByteArray();
    }

    private static Map<String, String> read(byte[] tar) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            TarReader.read(
                    new ByteArrayInputStream(tar),
                    ArtifactLimits.DEFAULT,
                    (entry, content) ->
                            files.put(entry.path(), new String(content.readAllBytes(), UTF_8)));
        } catch (ArtifactRefusedException e) {
            throw new IOException(e);
        }
        return files;
    }

    private static String field(byte[] tar, int at, int width) {
        String text = new String(tar, at, width, ISO_8859_1);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
