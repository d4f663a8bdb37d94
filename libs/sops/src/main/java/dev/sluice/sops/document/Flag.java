package dev.sluice.sops.document;

/** True or false. */
public record Flag(boolean value) implements Leaf {
    @Override
    public String toString() {
        return "Flag";
    }
}
