package dev.sluice.fluxapi.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds {@code docs/reference} to the types; run with {@code -Dreference.write=true} it writes the
 * pages.
 */
class ReferencePagesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("sluice.root"), "docs", "reference");

    static Stream<ReferencePage> pages() {
        return FluxKinds.ALL.stream().map(ReferencePage::new);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysWhatTheTypesSay(ReferencePage page) throws IOException {
        Path file = FOLDER.resolve(page.fileName());
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, page.text());
        }

        assertThat(file)
                .as(
                        "write it anew: ./mvnw -pl libs/flux-api test -Dtest=ReferencePagesTest -Dreference.write=true")
                .hasContent(page.text());
    }

    @Test
    void listsEveryPage() throws IOException {
        String index = Files.readString(FOLDER.resolve("README.md"));

        List<String> names = pages().map(ReferencePage::fileName).toList();
        assertThat(names).allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
}
