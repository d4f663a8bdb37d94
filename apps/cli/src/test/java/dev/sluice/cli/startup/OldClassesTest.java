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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OldClassesTest {

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

        OldClasses.rewrite(jar);

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
                    OldClassesTest.class.getResourceAsStream("OldClassesTest.class")) {
                in.transferTo(out);
            }
        }
        byte[] before = Files.readAllBytes(jar);

        OldClasses.rewrite(jar);

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }
}
