package dev.sluice.kustomize.resource;

import dev.sluice.yaml.Node;

/**
 * Group, version and kind of a resource, or of what selects one; an empty part of a selector fits
 * everything.
 *
 * @param group empty for the core group
 */
public record Gvk(String group, String version, String kind) {

    /** Selects everything. */
    public static final Gvk ANY = new Gvk("", "", "");

    /** A selector by kind alone. */
    public static Gvk ofKind(String kind) {
        return new Gvk("", "", kind);
    }

    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /** What an object says it is; fields that are missing are empty. */
    public static Gvk of(Node object) {
        return of(Meta.apiVersion(object), Meta.kind(object));
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Whether every part that the selector has is equal. */
    public boolean isSelectedBy(Gvk selector) {
        return (selector.group.isEmpty() || selector.group.equals(group))
                && (selector.version.isEmpty() || selector.version.equals(version))
                && (selector.kind.isEmpty() || selector.kind.equals(kind));
    }

    @Override
    public String toString() {
        return orElse(kind, "[noKind]")
                + "."
                + orElse(version, "[noVer]")
                + "."
                + orElse(group, "[noGrp]");
    }

    /** Group, version and kind as one string that sorts as kustomize sorts them. */
    public String sortKey() {
        return orElse(group, "~G") + "_" + orElse(version, "~V") + "_" + orElse(kind, "~K");
    }

    static String orElse(String text, String placeholder) {
        return text.isEmpty() ? placeholder : text;
    }
}
