package dev.sluice.kustomize.resource;

/**
 * What identifies a resource within a build.
 *
 * @param namespace empty where the resource names none
 * @param clusterScoped the kind is known to live outside namespaces; a namespace it may carry does
 *     not count then
 */
public record ResId(Gvk gvk, String name, String namespace, boolean clusterScoped) {

    private static final String NO_NAMESPACE_AT_ALL = "_non_namespaceable_";

    /** The namespace that counts when ids are compared. */
    public String effectiveNamespace() {
        if (clusterScoped) {
            return NO_NAMESPACE_AT_ALL;
        }
        return namespace.isEmpty() ? "default" : namespace;
    }

    /** Equal but for the ways to say the same namespace. */
    public boolean matches(ResId other) {
        return name.equals(other.name) && gvk.equals(other.gvk) && sameNamespace(other);
    }

    public boolean sameNamespace(ResId other) {
        return effectiveNamespace().equals(other.effectiveNamespace());
    }

    /** What {@link #matches} compares, as a key for maps. */
    public Key key() {
        return new Key(gvk, name, effectiveNamespace());
    }

    /** Equal exactly where {@link #matches} says so. */
    public record Key(Gvk gvk, String name, String effectiveNamespace) {}

    @Override
    public String toString() {
        return gvk + "/" + Gvk.orElse(name, "[noName]") + "." + Gvk.orElse(namespace, "[noNs]");
    }
}
