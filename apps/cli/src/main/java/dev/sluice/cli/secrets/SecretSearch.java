package dev.sluice.cli.secrets;

import dev.sluice.sops.Format;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a repository for encrypted files and for those that look like they should be.
 * Symbolic links and {@code .git} are left out.
 */
public final class SecretSearch {
    private static final int MAX_BYTES = 5 * 1024 * 1024;
    private static final Pattern NAMED_ENCRYPTED =
            Pattern.compile(".*[.](enc|sops|encrypted)([.][a-z]+)?");

    private final Path root;
    private final List<RepositoryFile> found = new ArrayList<>();

    private SecretSearch(Path root) {
        this.root = root;
    }

    /** The files of a repository that hold or should hold ciphertext, by path. */
    public static List<RepositoryFile> in(Path root) throws IOException {
        SecretSearch search = new SecretSearch(root);
        Files.walkFileTree(root, search.new Visitor());
        return search.found.stream()
                .sorted(Comparator.comparing(file -> file.path().toString()))
                .toList();
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            Path name = directory.getFileName();
            return name != null && name.toString().equals(".git")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isRegularFile() && !file.endsWith(".sops.yaml")) {
                look(root.relativize(file), file, attributes.size());
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private void look(Path path, Path file, long size) throws IOException {
        if (size > MAX_BYTES) {
            if (NAMED_ENCRYPTED.matcher(path.toString()).matches()) {
                found.add(
                        new RepositoryFile.Suspect(
                                path,
                                "is larger than 5 MiB: it cannot be decrypted in the pipeline"));
            }
            return;
        }
        byte[] content = Files.readAllBytes(file);
        Optional<Format> format = encryptedAs(path, content);
        if (format.isPresent()) {
            try {
                found.add(
                        new RepositoryFile.Encrypted(
                                path, format.get(), Sops.inspect(content, format.get())));
            } catch (SopsException e) {
                found.add(new RepositoryFile.Suspect(path, String.valueOf(e.getMessage())));
            }
        } else {
            suspicion(path, content)
                    .ifPresent(why -> found.add(new RepositoryFile.Suspect(path, why)));
        }
    }

    /** By its name first: what a binary file holds looks like JSON. */
    private static Optional<Format> encryptedAs(Path path, byte[] content) {
        Format named = Format.of(path.toString());
        boolean mentions = new String(content, StandardCharsets.ISO_8859_1).contains("sops");
        if (mentions && Sops.isEncrypted(content, named)) {
            return Optional.of(named);
        }
        return mentions ? Sops.detect(content) : Optional.empty();
    }

    private Optional<String> suspicion(Path path, byte[] content) {
        String name = path.toString();
        if (NAMED_ENCRYPTED.matcher(name).matches()) {
            return Optional.of("is in clear, and its name says that it is encrypted");
        }
        if (name.contains(".clear.")
                && Files.exists(root.resolve(name.replace(".clear.", ".enc.")))) {
            return Optional.of(
                    "is the text in clear of an encrypted file beside it: keep it out of the repository");
        }
        return Format.of(name) == Format.YAML && holdsSecret(content)
                ? Optional.of("holds a Secret in clear")
                : Optional.empty();
    }

    private static boolean holdsSecret(byte[] content) {
        if (!new String(content, StandardCharsets.ISO_8859_1).contains("Secret")) {
            return false;
        }
        try {
            return YamlReader.MANIFEST.readAll(content).stream()
                    .map(Document::root)
                    .anyMatch(SecretSearch::isSecret);
        } catch (YamlException e) {
            return false;
        }
    }

    private static boolean isSecret(Node root) {
        return "Secret".equals(root.text("kind"))
                && "v1".equals(root.text("apiVersion"))
                && (holdsValues(root.get("data")) || holdsValues(root.get("stringData")));
    }

    private static boolean holdsValues(@Nullable Node map) {
        return map != null && !map.isEmpty();
    }
}
