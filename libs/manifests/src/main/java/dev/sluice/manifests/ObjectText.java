package dev.sluice.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.yaml.Entry;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Scalar;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Tags;
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
            return KubernetesObject.of(JsonTrees.toObject(withClassicTypes(root)));
        } catch (YamlException e) {
            throw new InvalidObjectException(String.valueOf(e.getMessage()));
        }
    }

    /** A tree that was read as YAML 1.1, as JSON. The tree's types are changed on the way. */
    public static JsonNode classicJson(Node root) {
        return JsonTrees.toJson(withClassicTypes(root));
    }

    /**
     * The types of YAML 1.1, set where they differ from those that nodes have by themselves. Keys
     * stay texts.
     */
    private static Node withClassicTypes(Node node) {
        node.items().forEach(ObjectText::withClassicTypes);
        for (Entry entry : node.entries()) {
            entry.key().setTag(Tags.STR);
            withClassicTypes(entry.value());
        }
        if (node.isScalar()) {
            switch (ScalarResolver.YAML11.resolve(node)) {
                case Scalar.Bool(boolean value) -> node.become(Node.bool(value));
                case Scalar.Timestamp _ -> node.setTag(Tags.STR);
                default -> {}
            }
        }
        return node;
    }
}
