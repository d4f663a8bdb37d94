package dev.sluice.sops.document;

/** A floating-point number. */
public record Real(double value) implements Leaf {
    @Override
    public String toString() {
        return "Real";
    }
}
