package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.yaml.Anchors;
import dev.sluice.yaml.GoJson;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.ReaderOptions;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlLimits;
import dev.sluice.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a file: several documents, lists taken apart, anchors replaced, each with a
 * kind and a name.
 */
public final class ResourceReader {

    /** How a file that is no YAML is told from one that holds no objects. */
    public static final String MALFORMED = "MalformedYAMLError";

    private final YamlLimits limits;
    private final YamlReader yaml;
    private final ClusterScope scope;

    public ResourceReader(YamlLimits limits, ClusterScope scope) {
        this.limits = limits;
        this.yaml = new YamlReader(ReaderOptions.MANIFEST.withLimits(limits));
        this.scope = scope;
    }

    /**
     * The objects of a text in their order.
     *
     * @param originFile what the resources say they came from
     * @throws BuildException where the text is no YAML, or holds something that is no object
     */
    public List<Resource> read(byte[] text, String originFile) throws BuildException {
        List<Resource> resources = new ArrayList<>();
        for (Node object : expandLists(dropBad(documents(text, originFile)), originFile)) {
            resources.add(new Resource(object, scope, originFile));
        }
        return resources;
    }

    public List<Resource> read(String text, String originFile) throws BuildException {
        return read(text.getBytes(StandardCharsets.UTF_8), originFile);
    }

    /** A resource made in memory. */
    public Resource wrap(Node object, String originFile) {
        return new Resource(object, scope, originFile);
    }

    private List<Node> documents(byte[] bytes, String originFile) throws BuildException {
        List<Node> roots = new ArrayList<>();
        try {
            List<String> texts = DocumentSplitter.split(new String(bytes, StandardCharsets.UTF_8));
            for (String text : texts) {
                Node root = first(text, bytes, texts.size() == 1);
                if (root == null || root.isNull()) {
                    continue;
                }
                if (texts.size() == 1 && isList(root)) {
                    Node items = root.get("items");
                    if (items != null) {
                        roots.addAll(items.content());
                    }
                } else {
                    roots.add(root);
                }
            }
        } catch (YamlException e) {
            throw new BuildException(
                    MALFORMED + ": " + e.getMessage(),
                    new BuildException.Place(originFile, e.line(), ""),
                    e);
        }
        return inline(roots, originFile);
    }

    private List<Node> inline(List<Node> roots, String originFile) throws BuildException {
        try {
            List<Node> inlined = new ArrayList<>(roots.size());
            for (Node root : roots) {
                inlined.add(Anchors.inline(root, limits));
            }
            return inlined;
        } catch (YamlException e) {
            throw new BuildException(
                    e.getMessage(), new BuildException.Place(originFile, e.line(), ""), e);
        }
    }

    private @Nullable Node first(String text, byte[] whole, boolean single) {
        // A single document goes to the reader as it is, which knows its encoding.
        var document =
                single && text.indexOf('\uFFFD') >= 0
                        ? yaml.readFirst(whole)
                        : yaml.readFirst(text);
        return document == null ? null : document.root();
    }

    private static boolean isList(Node root) {
        String kind = Meta.kind(root);
        return (kind.equals("List") || kind.equals("ResourceList"))
                && (root.has("items") || root.has("functionConfig"));
    }

    private static List<Node> dropBad(List<Node> roots) throws BuildException {
        List<Node> good = new ArrayList<>(roots.size());
        for (Node root : roots) {
            if (Meta.isNullOrEmpty(root)) {
                continue;
            }
            validate(root);
            good.add(root);
        }
        return good;
    }

    /** Demands a kind and, but for lists, a name. */
    public static void validate(Node root) throws BuildException {
        String kind = text(root, "kind");
        if (kind.isEmpty()) {
            boolean nothing =
                    text(root, "apiVersion").isEmpty()
                            && (root.isScalar() || Meta.metadata(root) == null);
            throw new BuildException(
                    nothing
                            ? "missing Resource metadata"
                            : "missing kind in object " + describe(root));
        }
        if (!kind.endsWith("List") && Meta.name(root).isEmpty()) {
            throw new BuildException("missing metadata.name in object " + describe(root));
        }
    }

    private static String text(Node root, String field) {
        Node value = root.get(field);
        return value == null || Meta.isNullOrEmpty(value) ? "" : value.value();
    }

    private static String describe(Node root) {
        return "{{"
                + text(root, "apiVersion")
                + " "
                + text(root, "kind")
                + "} {{"
                + Meta.name(root)
                + " "
                + Meta.namespace(root)
                + "} map[] map[]}}";
    }

    /**
     * Puts the objects of kinds such as ConfigMapList in the place of the list; they come after all
     * others, as upstream.
     */
    private List<Node> expandLists(List<Node> roots, String originFile) throws BuildException {
        List<Node> result = new ArrayList<>(roots.size());
        Deque<Node> queue = new ArrayDeque<>(roots);
        while (!queue.isEmpty()) {
            Node root = queue.removeFirst();
            Node items = Meta.kind(root).endsWith("List") ? root.get("items") : null;
            if (items == null) {
                result.add(root);
            } else if (items.isSequence()) {
                queue.addAll(dropBad(asJson(items.content(), originFile)));
            } else if (!items.isNull()) {
                throw new BuildException(
                        "expected array in " + Meta.kind(root) + "/items, but found something else",
                        new BuildException.Place(originFile, items.line(), "items"),
                        null);
            }
        }
        return result;
    }

    /**
     * The objects of a list as they are after a way through JSON: numbers normalised, keys checked,
     * every text in quotes, all of it between brackets. Styles outlive their values.
     */
    private List<Node> asJson(List<Node> objects, String originFile) throws BuildException {
        List<Node> converted = new ArrayList<>(objects.size());
        try {
            for (Node object : objects) {
                converted.add(yaml.read(GoJson.writeDecoded(object, limits)));
            }
        } catch (YamlException e) {
            throw new BuildException(
                    e.getMessage(), new BuildException.Place(originFile, e.line(), "items"), e);
        }
        return converted;
    }
}
