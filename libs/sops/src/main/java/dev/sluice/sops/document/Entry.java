package dev.sluice.sops.document;

/** A key and its value. */
public record Entry(String key, Value value) implements Member {}
