package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.resource.Gvk;
import java.util.List;

/**
 * A field that a transformer writes to, in the objects of some kinds.
 *
 * @param gvk which objects; empty parts fit all
 * @param path field names separated by slashes, with {@code []} after one that must be a list
 * @param create whether the field is made where it is missing
 * @param parts the path's field names
 */
public record FieldSpec(Gvk gvk, String path, boolean create, List<String> parts) {

    public FieldSpec(Gvk gvk, String path, boolean create) {
        this(gvk, path, create, List.copyOf(Paths.split(path, '/')));
    }

    /** A field of all objects. */
    public static FieldSpec everywhere(String path, boolean create) {
        return new FieldSpec(Gvk.ANY, path, create);
    }

    /**
     * Whether the other one says nothing new where this one is there: upstream's rule is not
     * symmetric, and neither is this.
     */
    boolean covers(FieldSpec other) {
        return gvk.isSelectedBy(other.gvk) && path.equals(other.path);
    }
}
