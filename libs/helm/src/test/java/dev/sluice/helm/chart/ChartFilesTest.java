package dev.sluice.helm.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartFilesTest {

    private static final String METADATA = "apiVersion: v2\nname: app\nversion: 1.0.0\n";

    @Test
    void packsTheSameFilesToTheSameBytesAndUnpacksThem() throws Exception {
        ChartFiles chart =
                ChartFiles.of(
                        Map.of(
                                "Chart.yaml", METADATA.getBytes(UTF_8),
                                "templates/a.yaml", "a".getBytes(UTF_8)));

        byte[] packed = chart.pack("app");

        assertThat(chart.pack("app")).isEqualTo(packed);
        assertThat(ChartFiles.unpack(packed, ChartLimits.DEFAULT).all())
                .containsOnlyKeys("Chart.yaml", "templates/a.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/../../etc/passwd", "app/a/../b", "Chart.yaml", "app//x"})
    void refusesPathsThatLeadOut(String path) throws Exception {
        byte[] archive = archive(new TarArchiveEntry(path, true), "x");

        assertThatThrownBy(() -> ChartFiles.unpack(archive, ChartLimits.DEFAULT))
                .isInstanceOf(ChartException.class);
    }

    @Test
    void refusesLinks() throws Exception {
        TarArchiveEntry link = new TarArchiveEntry("app/link", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");

        assertThatThrownBy(() -> ChartFiles.unpack(archive(link, ""), ChartLimits.DEFAULT))
                .isInstanceOf(ChartException.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void refusesWhatUnpacksToMoreThanItMay() throws Exception {
        byte[] archive = archive(new TarArchiveEntry("app/big"), "x".repeat(100_000));
        ChartLimits small = new ChartLimits(1, 1 << 20, 1_000, 10_000, 10);

        assertThatThrownBy(() -> ChartFiles.unpack(archive, small))
                .isInstanceOf(ChartException.class)
                .hasMessageContaining("more than it may");
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertThatThrownBy(() -> ChartFiles.unpack("text".getBytes(UTF_8), ChartLimits.DEFAULT))
                .isInstanceOf(ChartException.class);
    }

    @Test
    void anotherVersionIsWrittenIntoTheMetadata() throws Exception {
        ChartFiles chart = ChartFiles.of(Map.of("Chart.yaml", METADATA.getBytes(UTF_8)));

        ChartFiles marked = ChartMetadata.withVersion(chart, "1.0.0+abc");

        assertThat(ChartMetadata.of(marked).version()).isEqualTo("1.0.0+abc");
        assertThat(ChartMetadata.of(marked).name()).isEqualTo("app");
    }

    @Test
    void whatAnIgnoreFileNamesIsNoPartOfAChart() {
        IgnoreFile ignore = new IgnoreFile("# comment\n*.bak\nci/\n/top.txt\n");

        assertThat(ignore.ignores("a/b.bak")).isTrue();
        assertThat(ignore.ignores("ci/values.yaml")).isTrue();
        assertThat(ignore.ignores("top.txt")).isTrue();
        assertThat(ignore.ignores("templates/a.yaml")).isFalse();
    }

    @Test
    void anIndexIsReadAsYamlAndAsJson() throws Exception {
        String yaml =
                "apiVersion: v1\nentries:\n  app:\n  - {version: 1.0.0, digest: abc, urls: [app.tgz]}\n";
        ChartIndex index = ChartIndex.read(yaml.getBytes(UTF_8));

        assertThat(index.versions("app"))
                .containsExactly(new ChartIndex.Entry("app", "1.0.0", "abc", List.of("app.tgz")));
        assertThat(ChartIndex.read(index.toJson()).versions("app")).hasSize(1);
        assertThat(index.versions("other")).isEmpty();
        assertThatThrownBy(() -> ChartIndex.read("entries: [".getBytes(UTF_8)))
                .isInstanceOf(ChartException.class);
    }

    private static byte[] archive(TarArchiveEntry entry, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            byte[] data = content.getBytes(UTF_8);
            entry.setSize(data.length);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
