package dev.sluice.cli.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of an installation, in the order in which they are applied, which never changes.
 *
 * @param namespace where the services run
 */
public record Installation(Components components, String namespace) {

    /** The part of {@code rbac.yaml} that stands for the namespace. */
    private static final String NAMESPACE = "flux-system";

    public List<ObjectNode> objects() {
        var objects = new ArrayList<ObjectNode>();
        if (components.has(Components.crds)) {
            objects.addAll(CustomResourceDefinitions.all());
        }
        if (components.has(Components.rbac)) {
            objects.addAll(roles());
        }
        return objects;
    }

    /** All objects as one text of several documents. */
    public String yaml() {
        var text = new StringBuilder(1 << 20);
        for (ObjectNode object : objects()) {
            text.append("---\n");
            YamlWriter.manifest(JsonTrees.fromJson(object), text);
        }
        return text.toString();
    }

    private List<ObjectNode> roles() {
        return YamlReader.MANIFEST.readAll(resource().replace(NAMESPACE, namespace)).stream()
                .map(Document::root)
                .map(JsonTrees::toObject)
                .toList();
    }

    private static String resource() {
        try (InputStream in = Installation.class.getResourceAsStream("rbac.yaml")) {
            if (in == null) {
                throw new IllegalStateException("rbac.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
