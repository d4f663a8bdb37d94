package dev.sluice.artifacts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which the store keeps its blobs: the kind, two digits of the digest so that no
 * directory gets too long, the rest of the digest.
 */
final class BlobNames {

    static final String ARCHIVES = "archives";
    static final String MANIFESTS = "manifests";
    static final String FILES = "files";
    static final String OBJECTS = "objects";
    private static final Pattern NAME =
            Pattern.compile("[a-z]+/([0-9a-f]{2})/([0-9a-f]{62})(\\.[a-z.]+)?");

    private BlobNames() {}

    static String archive(Digest artifact) {
        return name(ARCHIVES, artifact) + ".tar.gz";
    }

    static String manifest(Digest artifact) {
        return name(MANIFESTS, artifact) + ".json";
    }

    static String file(Digest content) {
        return name(FILES, content);
    }

    static String object(Digest content) {
        return name(OBJECTS, content);
    }

    /** The digest that a name was made of; empty for what the store didn't write. */
    static Optional<Digest> digest(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new Digest("sha256:" + parts.group(1) + parts.group(2)))
                : Optional.empty();
    }

    private static String name(String kind, Digest digest) {
        return kind + "/" + digest.hex().substring(0, 2) + "/" + digest.hex().substring(2);
    }
}
