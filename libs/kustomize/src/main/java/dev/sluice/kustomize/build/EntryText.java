package dev.sluice.kustomize.build;

import dev.sluice.kustomize.model.Patch;
import dev.sluice.kustomize.resource.Selector;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlWriter;

/** Entries of a kustomization file as messages show them. */
final class EntryText {

    private EntryText() {}

    static String of(Patch patch) {
        Node entry = Node.mapping();
        put(entry, "path", patch.path());
        put(entry, "patch", patch.patch());
        Selector target = patch.target();
        if (target != null) {
            Node selector = Node.mapping();
            put(selector, "group", target.gvk().group());
            put(selector, "version", target.gvk().version());
            put(selector, "kind", target.gvk().kind());
            put(selector, "name", target.name());
            put(selector, "namespace", target.namespace());
            put(selector, "annotationSelector", target.annotationSelector());
            put(selector, "labelSelector", target.labelSelector());
            entry.put("target", selector);
        }
        return YamlWriter.manifest(entry);
    }

    private static void put(Node node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
