package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;

/** A {@link Selector}'s conditions on the id, ready for use. */
public final class IdPattern {

    private final AnchoredPattern group;
    private final AnchoredPattern version;
    private final AnchoredPattern kind;
    private final AnchoredPattern name;
    private final AnchoredPattern namespace;

    /**
     * @throws BuildException where a condition is no regular expression
     */
    public IdPattern(Selector selector) throws BuildException {
        group = new AnchoredPattern(selector.gvk().group());
        version = new AnchoredPattern(selector.gvk().version());
        kind = new AnchoredPattern(selector.gvk().kind());
        name = new AnchoredPattern(selector.name());
        namespace = new AnchoredPattern(selector.namespace());
    }

    public boolean matchesGvk(Gvk gvk) {
        return group.matches(gvk.group())
                && version.matches(gvk.version())
                && kind.matches(gvk.kind());
    }

    public boolean matchesName(String value) {
        return name.matches(value);
    }

    public boolean matchesNamespace(String value) {
        return namespace.matches(value);
    }

    /** Whether an id fits as it is: the namespace as written, not the effective one. */
    public boolean matches(ResId id) {
        return matchesGvk(id.gvk()) && matchesName(id.name()) && matchesNamespace(id.namespace());
    }
}
