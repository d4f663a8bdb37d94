package dev.sluice.manifests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.util.List;

/** Objects as YAML text, as kustomize prints them, and texts as objects. */
public final class ObjectText {

    private ObjectText() {}

    /** One document, ending in a line feed. */
    public static String of(KubernetesObject object) {
        return YamlWriter.manifest(JsonTrees.fromJson(object.tree()));
    }

    /** A document for each object, with {@code ---} before each. */
    public static String of(List<KubernetesObject> objects) {
        StringBuilder text = new StringBuilder();
        for (KubernetesObject object : objects) {
            text.append("---\n").append(of(object));
        }
        return text.toString();
    }

    /**
     * Reads the first document of a text, with the types of YAML 1.1: {@code yes} is a truth value,
     * a date is text.
     *
     * @throws InvalidObjectException where the text is no object; the message holds no value of it
     */
    public static KubernetesObject parse(String text) throws InvalidObjectException {
        try {
            Node root = YamlReader.KUSTOMIZATION.read(text);
            if (JsonTrees.toJson11(root) instanceof ObjectNode tree) {
                return KubernetesObject.of(tree);
            }
            throw new InvalidObjectException("the text is no mapping");
        } catch (YamlException e) {
            throw new InvalidObjectException(String.valueOf(e.getMessage()));
        }
    }
}
