package dev.sluice.cli;

import dev.sluice.sops.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reading one file that holds secrets, and telling its format. */
final class SecretFile {
    static final int MAX_BYTES = 256 * 1024 * 1024;

    private SecretFile() {}

    static byte[] read(Path file) throws CommandFailure {
        try {
            if (file.toString().equals("-")) {
                return System.in.readNBytes(MAX_BYTES);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new CommandFailure(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file);
        }
    }

    /** The format that was asked for, or the one that the name stands for. */
    static Format format(@Nullable String asked, Path file) throws CommandFailure {
        if (asked == null) {
            return Format.of(file.toString());
        }
        return Format.named(asked)
                .orElseThrow(() ->
                        new CommandFailure(
                                "unknown type '"
                                        + asked.toLowerCase(Locale.ROOT)
                                        + "': one of yaml, json, dotenv, ini, binary is needed",
                                2));
    }

    /** Replaces a file at once, so that a full disk never leaves half of one. */
    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".sluice", ".tmp");
        try {
            Files.write(fresh, content);
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
