package dev.sluice.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CacheableJarsTest {

    @TempDir private Path folder;

    private static int version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry("picocli/CommandLine.class"))) {
            return ClassFile.of().parse(in.readAllBytes()).majorVersion();
        }
    }

    @Test
    void rewritesAJarWhoseClassesStillWork()
            throws IOException, URISyntaxException, ReflectiveOperationException {
        Path original =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Path jar = Files.copy(original, folder.resolve("library.jar"));

        CacheableJars.rewrite(jar);

        assertThat(version(jar)).isGreaterThanOrEqualTo(50);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Class<?> ansi = loader.loadClass("picocli.CommandLine$Help$Ansi");
            assertThat(ansi.getEnumConstants()).hasSizeGreaterThan(2);
            Class<?> range = loader.loadClass("picocli.CommandLine$Range");
            assertThat(range.getMethod("valueOf", String.class).invoke(null, "0..1"))
                    .hasToString("0..1");
        }
    }

    @Test
    void leavesAJarOfPresentClassesAlone() throws IOException {
        Path jar = folder.resolve("present.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("X.class"));
            try (InputStream in =
                    CacheableJarsTest.class.getResourceAsStream("CacheableJarsTest.class")) {
                in.transferTo(out);
            }
        }
        byte[] before = Files.readAllBytes(jar);

        CacheableJars.rewrite(jar);

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    @Test
    void takesSignaturesOffAndNothingElse() throws IOException {
        Path jar = folder.resolve("signed.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("META-INF/X.SF", "META-INF/X.RSA", "META-INF/a/X.SF", "x")) {
                out.putNextEntry(new JarEntry(name));
            }
        }

        CacheableJars.rewrite(jar);

        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(JarEntry::getName))
                    .containsExactly("META-INF/a/X.SF", "x");
        }
    }
}
