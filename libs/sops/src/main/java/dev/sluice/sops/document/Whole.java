package dev.sluice.sops.document;

/** An integer of 64 bits. */
public record Whole(long value) implements Leaf {
    @Override
    public String toString() {
        return "Whole";
    }
}
