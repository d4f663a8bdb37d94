package dev.sluice.kustomize.model;

import dev.sluice.kustomize.resource.Gvk;

/**
 * An entry of {@code vars}: a name that stands for a field's value wherever a text says {@code
 * $(NAME)}.
 *
 * @param fieldPath as written; empty stands for the name of the object
 */
public record Variable(
        String name, Gvk gvk, String objectName, String objectNamespace, String fieldPath) {

    static Variable of(Values values) {
        Values object = values.struct("objref");
        Values field = values.struct("fieldref");
        Gvk gvk = object == null ? Gvk.ANY : Selectors.gvk(object);
        String apiVersion = object == null ? "" : object.text("apiVersion");
        String[] parts = apiVersion.split("/", -1);
        if (parts.length == 2) {
            gvk = new Gvk(parts[0], parts[1], gvk.kind());
        } else if (parts.length == 1 && !apiVersion.isEmpty()) {
            gvk = new Gvk(gvk.group(), apiVersion, gvk.kind());
        }
        return new Variable(
                values.text("name"),
                gvk,
                object == null ? "" : object.text("name"),
                object == null ? "" : object.text("namespace"),
                field == null ? "" : field.text("fieldPath"));
    }

    /** The field that holds the value. */
    public String effectiveFieldPath() {
        return fieldPath.isEmpty() ? "metadata.name" : fieldPath;
    }

    @Override
    public String toString() {
        return "{" + name + " " + gvk + " {" + fieldPath + "}}";
    }
}
