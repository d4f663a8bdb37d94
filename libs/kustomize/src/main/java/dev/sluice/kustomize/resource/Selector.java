package dev.sluice.kustomize.resource;

/**
 * Which resources a patch, a replacement or a configured transformer is for. Group, version, kind,
 * name and namespace are regular expressions for the whole value; what is empty fits everything.
 *
 * @param labelSelector as {@code kubectl --selector} takes it
 * @param annotationSelector the same for annotations
 */
public record Selector(
        Gvk gvk, String name, String namespace, String labelSelector, String annotationSelector) {

    /** Whether it says nothing about the id. */
    public boolean hasNoId() {
        return gvk.equals(Gvk.ANY) && name.isEmpty() && namespace.isEmpty();
    }
}
