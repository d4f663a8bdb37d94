package dev.sluice.sops.age;

import java.util.List;

/** One recipient stanza of an age header: how the file key was wrapped for one recipient. */
public final class Stanza {
    private final String type;
    private final List<String> arguments;
    private final byte[] body;

    Stanza(String type, List<String> arguments, byte[] body) {
        this.type = type;
        this.arguments = List.copyOf(arguments);
        this.body = body;
    }

    /** The first argument, for example {@code X25519}. */
    String type() {
        return type;
    }

    /** What follows the type. */
    List<String> arguments() {
        return arguments;
    }

    /** The wrapped file key. */
    byte[] body() {
        return body;
    }
}
