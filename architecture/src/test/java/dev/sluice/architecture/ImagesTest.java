package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy/} runs is what the profile {@code images} makes. */
class ImagesTest {

    private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
    private static final Pattern IMAGE = Pattern.compile("(?m)^\\s*(?:- )?image:\\s*(\\S+)\\s*$");
    private static final Pattern REPOSITORY =
            Pattern.compile("<image.repository>([^<]+)</image.repository>");
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");

    @Test
    void deployRunsTheImagesThatTheProfileMakesAndAllOfThem() throws IOException {
        String repository = first(REPOSITORY, ROOT.resolve("pom.xml"));
        Set<String> made =
                modules().stream()
                        .map(pom -> repository + "/" + first(ARTIFACT, pom))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        for (Path file : files("deploy", ".yaml")) {
            Matcher image = IMAGE.matcher(Files.readString(file));
            while (image.find()) {
                named.add(image.group(1));
            }
        }

        assertThat(named).isNotEmpty().isEqualTo(made);
    }

    @Test
    void whatActsOnHelmReleasesCarriesTheWorker() {
        assertThat(text(ROOT.resolve("pom.xml"))).contains("native/helm-worker/build.sh");
        assertThat(modules())
                .filteredOn(pom -> text(pom).contains("<artifactId>sluice-applier</artifactId>"))
                .hasSize(2)
                .allSatisfy(pom ->
                        assertThat(text(pom))
                                .contains("<id>helm-worker-of-image</id><phase>prepare-package")
                                .contains(
                                        "<SLUICE_HELM_WORKER>/sluice/bin/helm-worker</SLUICE_HELM_WORKER>"));
    }

    /** Those below {@code apps} that are Quarkus applications; all of them become images. */
    private static List<Path> modules() {
        String inherited = text(ROOT.resolve("apps/services/pom.xml"));
        assertThat(inherited).contains("jib-maven-plugin");
        return files("apps", "pom.xml").stream()
                .filter(pom ->
                        text(pom)
                                        .contains(
                                                "<artifactId>sluice-services</artifactId>\n        <version>")
                                || text(pom).contains("jib-maven-plugin"))
                .filter(pom -> !text(pom).contains("<packaging>pom</packaging>"))
                .toList();
    }

    private static List<Path> files(String folder, String ending) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(Pattern pattern, Path file) {
        Matcher found = pattern.matcher(text(file));
        assertThat(found.find()).as(pattern + " in " + file).isTrue();
        return found.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
