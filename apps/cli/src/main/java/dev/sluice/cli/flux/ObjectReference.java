package dev.sluice.cli.flux;

/** An object that another one names. */
public record ObjectReference(String kind, String namespace, String name) {

    /** {@code GitRepository/fleet}. */
    public String display() {
        return kind + '/' + name;
    }
}
