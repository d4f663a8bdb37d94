package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;

/**
 * A part of a path that picks elements of a list: {@code [name=x]}, or {@code [=x]} for elements
 * that are scalars.
 *
 * @param field empty where the element itself is compared
 */
record Condition(String field, String value) {

    static Condition parse(String part) throws BuildException {
        String inner = part.endsWith("]") ? part.substring(0, part.length() - 1) : part;
        inner = inner.startsWith("[") ? inner.substring(1) : inner;
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw new BuildException(
                    "list path element must contain fieldName=fieldValue for element to match");
        }
        return new Condition(inner.substring(0, equals), inner.substring(equals + 1));
    }

    /** Whether an element fits, by plain comparison of the text. */
    boolean holdsFor(Node item) throws BuildException {
        if (item.isNull()) {
            return false;
        }
        if (field.isEmpty()) {
            Fields.require(item, Kind.SCALAR);
            return item.value().equals(value);
        }
        Fields.require(item, Kind.MAPPING);
        Node found = item.get(field);
        return found != null && found.value().equals(value);
    }

    /** An element that fits. */
    Node newItem() {
        if (field.isEmpty()) {
            return Node.scalar(value, Untagged.TAG);
        }
        return Node.mapping().add(Node.plain(field)).add(Node.scalar(value, Untagged.TAG));
    }
}
