package dev.sluice.sops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that the real sops made, and keys to them. */
final class RealFiles {
    private RealFiles() {}

    static byte[] read(String name) {
        try (InputStream input = RealFiles.class.getResourceAsStream("real/" + name)) {
            if (input == null) {
                throw new IllegalArgumentException("no test file " + name);
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyRing keys(String... names) throws SopsException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, read(name));
        }
        return KeyRing.ofFiles(files);
    }
}
