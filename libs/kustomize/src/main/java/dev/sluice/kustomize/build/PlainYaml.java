package dev.sluice.kustomize.build;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlWriter;

/** Small trees of strings as YAML, with their fields in the order that they have. */
final class PlainYaml {

    private PlainYaml() {}

    static String write(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, "", out);
        return out.toString();
    }

    private static void write(Node node, String indent, StringBuilder out) {
        if (node.isSequence()) {
            for (Node item : node.items()) {
                StringBuilder inner = new StringBuilder();
                write(item, indent + "  ", inner);
                out.append(indent).append("- ").append(inner.substring(indent.length() + 2));
            }
            return;
        }
        node.entries()
                .forEach(entry -> {
                    out.append(indent).append(entry.name()).append(':');
                    if (entry.value().isScalar()) {
                        // One pair alone is written as it stands anywhere.
                        String pair = YamlWriter.manifest(Node.mapping().put("x", entry.value()));
                        out.append(pair.substring(2));
                    } else {
                        out.append('\n');
                        write(entry.value(), indent + "  ", out);
                    }
                });
    }
}
