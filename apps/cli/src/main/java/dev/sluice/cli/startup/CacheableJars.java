package dev.sluice.cli.startup;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * Rewrites libraries so that the JVM keeps their classes in its ahead-of-time cache: it leaves out
 * classes of very old formats, which the library that reads the command line has, and all classes
 * of signed archives. Such classes take a fifth of the time that a command needs to start.
 *
 * <p>The signatures are those of a library's makers; the build has checked the archives by their
 * digests when it fetched them.
 */
public final class CacheableJars {

    /** Older ones are not kept in the cache. */
    private static final int OLDEST_KEPT = 50;

    private static final int PRESENT = 61;

    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private CacheableJars() {}

    /**
     * @param jars to rewrite in place
     */
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    static void rewrite(Path jar) throws IOException {
        Path fresh = Files.createTempFile(jar.toAbsolutePath().getParent(), "classes", ".jar");
        boolean changed = false;
        try (JarFile in = new JarFile(jar.toFile(), false);
                URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(fresh))) {
            ClassFile format =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)));
            for (JarEntry entry : Collections.list(in.entries())) {
                if (SIGNATURE.matcher(entry.getName()).matches()) {
                    changed = true;
                    continue;
                }
                byte[] old;
                try (InputStream content = in.getInputStream(entry)) {
                    old = content.readAllBytes();
                }
                byte[] present = entry.getName().endsWith(".class") ? rewrite(format, old) : old;
                changed |= !Arrays.equals(present, old);
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(present);
                out.closeEntry();
            }
        }
        if (changed) {
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(jar));
            Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(fresh);
        }
    }

    private static byte[] rewrite(ClassFile format, byte[] old) {
        ClassModel model = format.parse(old);
        if (model.majorVersion() >= OLDEST_KEPT) {
            return old;
        }
        ClassTransform version =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(PRESENT, 0);
                    } else {
                        builder.with(element);
                    }
                };
        return format.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
    }
}
