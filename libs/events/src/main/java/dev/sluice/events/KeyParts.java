package dev.sluice.events;

/** The four parts of a key, none of which may be empty or hold a slash. */
final class KeyParts {

    private KeyParts() {}

    static void check(String... parts) {
        for (String part : parts) {
            if (part.isEmpty() || part.indexOf('/') >= 0) {
                throw new IllegalArgumentException(
                        "a part of a key must not be empty or hold a slash: '" + part + "'");
            }
        }
    }

    static String[] split(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    "not a key of the form cluster/kind/namespace/name: '" + key + "'");
        }
        return parts;
    }
}
