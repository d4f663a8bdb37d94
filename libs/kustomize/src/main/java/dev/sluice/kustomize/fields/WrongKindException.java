package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;

/** A node of another kind than a step needs. */
public final class WrongKindException extends BuildException {

    WrongKindException(Kind expected, Node node) {
        super(
                "wrong node kind: expected "
                        + name(expected)
                        + " but got "
                        + name(node.kind())
                        + ": node contents:\n"
                        + NodeText.of(node));
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case MAPPING -> "MappingNode";
            case SEQUENCE -> "SequenceNode";
            case SCALAR -> "ScalarNode";
            case ALIAS -> "AliasNode";
        };
    }
}
