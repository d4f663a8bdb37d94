package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Style;
import dev.sluice.yaml.YamlWriter;

/** A node as YAML text in the style in which it was written. */
final class NodeText {

    private NodeText() {}

    static String of(Node node) {
        if (node.kind() == Kind.SCALAR && node.style() == Style.PLAIN && isWord(node.value())) {
            return node.value() + "\n";
        }
        return YamlWriter.styled(Untagged.settledCopy(node));
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean letter =
                    (character >= 'a' && character <= 'z')
                            || (character >= 'A' && character <= 'Z');
            boolean inner =
                    i > 0
                            && (character == '-'
                                    || character == '.'
                                    || (character >= '0' && character <= '9'));
            if (!letter && !inner) {
                return false;
            }
        }
        return !text.isEmpty() && !Untagged.readsAsNonString(text);
    }
}
