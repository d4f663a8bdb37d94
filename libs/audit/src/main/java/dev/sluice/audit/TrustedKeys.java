package dev.sluice.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys that somebody vouches for, by the name of the service that signs with them. Where
 * there are none, a signature tells only that a record is as its writer left it, not who that was.
 */
public final class TrustedKeys {

    static final String PUBLIC = ".pub";

    private final Map<String, List<String>> keys;

    private TrustedKeys(Map<String, List<String>> keys) {
        this.keys = Map.copyOf(keys);
    }

    public static TrustedKeys none() {
        return new TrustedKeys(Map.of());
    }

    /** The {@code .pub} files of a directory, one key a line; none where it is not there. */
    public static TrustedKeys in(Path directory) throws IOException {
        Map<String, List<String>> keys = new HashMap<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + PUBLIC)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    keys.put(
                            name.substring(0, name.length() - PUBLIC.length()),
                            Files.readAllLines(file));
                }
            }
        }
        return new TrustedKeys(keys);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether the key is one of the service's; true for every key where nobody vouches for any. */
    boolean knows(String producer, String key) {
        return keys.isEmpty()
                || keys.getOrDefault(ServiceKey.fileName(producer), List.of()).contains(key);
    }
}
