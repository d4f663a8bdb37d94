package dev.sluice.sops;

import java.util.Locale;
import java.util.Optional;

/** The file formats that SOPS knows. */
public enum Format {
    YAML,
    JSON,
    DOTENV,
    INI,
    /** Anything else: the whole file is one value. */
    BINARY;

    /** The format that a file name stands for; what has no known ending is binary. */
    public static Format of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        if (name.endsWith(".json")) {
            return JSON;
        }
        if (name.endsWith(".env")) {
            return DOTENV;
        }
        return name.endsWith(".ini") ? INI : BINARY;
    }

    /**
     * The format of an entry of a Secret, or of a file of a secretGenerator, by the entry's name.
     * As {@link #of}, and Docker's configuration counts as JSON: Flux decides so.
     */
    public static Format ofEntry(String entryName) {
        return entryName.endsWith(".dockerconfigjson") ? JSON : of(entryName);
    }

    /**
     * The format by the name that the command line takes: {@code yaml}, {@code json}, {@code
     * dotenv}, {@code ini}, {@code binary}.
     */
    public static Optional<Format> named(String name) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
