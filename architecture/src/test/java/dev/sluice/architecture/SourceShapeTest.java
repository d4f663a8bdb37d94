package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What bytecode does not show: lengths of files, null-marked packages, words that must not be
 * there.
 */
class SourceShapeTest {

    private static final int LONGEST_PRODUCTION_FILE = 400;
    private static final int LONGEST_TEST_FILE = 600;
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");
    private static final Pattern TRACES =
            Pattern.compile(
                    "/root/|/farm/|repo\\.maven\\.apache|proxy\\.golang\\.org|registry\\.npmjs|AGE-SECRET-KEY-1[A-Z0-9]{20}");

    private static final Path ROOT = Path.of(System.getProperty("sluice.root"));

    @Test
    void productionFilesFitTheirLimit() {
        assertThat(javaFiles("/src/main/"))
                .filteredOn(file -> lines(file).size() > LONGEST_PRODUCTION_FILE)
                .as("a class that needs two screens is two classes")
                .isEmpty();
    }

    @Test
    void testFilesFitTheirLimit() {
        assertThat(javaFiles("/src/test/"))
                .filteredOn(file -> lines(file).size() > LONGEST_TEST_FILE)
                .as("split the test by what it shows")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
        assertThat(javaFiles("/src/main/").stream().map(Path::getParent).distinct())
                .filteredOn(folder -> !isNullMarked(folder.resolve("package-info.java")))
                .as("add a package-info.java with @NullMarked and the contract of the package")
                .isEmpty();
    }

    @Test
    void nothingNamesAMachineARegistryOrAPrivateKey() {
        assertThat(javaFiles("/src/main/"))
                .filteredOn(file -> lines(file).stream().anyMatch(TRACES.asPredicate()))
                .as("settings and keys come from outside")
                .isEmpty();
    }

    @Test
    void testsDoNotSleep() {
        assertThat(javaFiles("/src/test/"))
                .filteredOn(file -> !file.endsWith("SourceShapeTest.java"))
                .filteredOn(file ->
                        lines(file).stream().anyMatch(line -> line.contains("Thread.sleep(")))
                .as("wait for what you mean")
                .isEmpty();
    }

    private static boolean isNullMarked(Path packageInfo) {
        return Files.exists(ROOT.resolve(packageInfo))
                && lines(packageInfo).contains("@NullMarked");
    }

    private static List<Path> javaFiles(String part) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_SOURCES.contains(String.valueOf(folder.getFileName()))
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            String path = ROOT.relativize(file).toString();
                            if (path.endsWith(".java") && path.contains(part)) {
                                found.add(ROOT.relativize(file));
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(found).as("no sources below %s", ROOT).isNotEmpty();
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
