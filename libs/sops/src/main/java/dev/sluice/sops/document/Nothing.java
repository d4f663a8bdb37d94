package dev.sluice.sops.document;

/** Null. */
public record Nothing() implements Leaf {
    public static final Nothing VALUE = new Nothing();
}
