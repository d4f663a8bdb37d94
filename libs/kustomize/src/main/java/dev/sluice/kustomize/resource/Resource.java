package dev.sluice.kustomize.resource;

import dev.sluice.yaml.Entry;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object under construction, with what must be remembered of its way through the layers. Not
 * thread safe.
 */
public final class Resource {

    private Node node;
    private boolean gone;
    private final BuildMarks marks;
    private final List<String> varNames = new ArrayList<>(0);
    private final ClusterScope scope;
    private String originFile;

    /**
     * @param node the object; the resource owns it from here on
     * @param scope which kinds are cluster scoped
     * @param originFile the path in the tree of the file that it came from
     */
    public Resource(Node node, ClusterScope scope, String originFile) {
        this(node, scope, originFile, new BuildMarks());
        absorbMarks();
    }

    private Resource(Node node, ClusterScope scope, String originFile, BuildMarks marks) {
        this.node = node;
        this.scope = scope;
        this.originFile = originFile;
        this.marks = marks;
    }

    public Node node() {
        return node;
    }

    /** Puts another object in the place of this one; what was remembered stays. */
    public void replaceNode(Node replacement) {
        node = replacement;
    }

    /** The object was deleted by a patch. */
    public boolean isGone() {
        return gone || Meta.isNullOrEmpty(node);
    }

    public void markGone() {
        gone = true;
    }

    public String originFile() {
        return originFile;
    }

    public Gvk gvk() {
        return Gvk.of(node);
    }

    public String name() {
        return Meta.name(node);
    }

    public String namespace() {
        return Meta.namespace(node);
    }

    public String kind() {
        return Meta.kind(node);
    }

    /** The id by what the object says now. */
    public ResId currentId() {
        Gvk gvk = gvk();
        return new ResId(gvk, name(), namespace(), scope.isClusterScoped(gvk));
    }

    /** The ids that it had, oldest first, with the group and version that it has now. */
    public List<ResId> previousIds() {
        if (marks.previousIds.isEmpty()) {
            return List.of();
        }
        String apiVersion = Meta.apiVersion(node);
        List<ResId> ids = new ArrayList<>(marks.previousIds.size());
        for (BuildMarks.PreviousId previous : marks.previousIds) {
            Gvk gvk = Gvk.of(apiVersion, previous.kind());
            ids.add(
                    new ResId(
                            gvk,
                            previous.name(),
                            previous.namespace(),
                            scope.isClusterScoped(gvk)));
        }
        return ids;
    }

    /** The oldest id. */
    public ResId originalId() {
        List<ResId> previous = previousIds();
        return previous.isEmpty() ? currentId() : previous.getFirst();
    }

    /** Every id it has or had: the previous ones, then the current. */
    public List<ResId> allIds() {
        List<ResId> ids = new ArrayList<>(previousIds());
        ids.add(currentId());
        return ids;
    }

    public boolean hasPreviousIds() {
        return !marks.previousIds.isEmpty();
    }

    /** Remembers the current id before a step that may change it. */
    public void storePreviousId() {
        ResId id = currentId();
        // A list of names is kept joined by commas upstream, where an empty part is not added.
        if (!id.name().isEmpty() && !id.gvk().kind().isEmpty()) {
            marks.previousIds.add(
                    new BuildMarks.PreviousId(id.name(), id.effectiveNamespace(), id.gvk().kind()));
        }
    }

    public List<String> prefixes() {
        return marks.prefixes;
    }

    public List<String> suffixes() {
        return marks.suffixes;
    }

    public void addPrefix(String prefix) {
        if (!prefix.isEmpty()) {
            marks.prefixes.add(prefix);
        }
    }

    public void addSuffix(String suffix) {
        if (!suffix.isEmpty()) {
            marks.suffixes.add(suffix);
        }
    }

    public boolean needsHash() {
        return marks.needsHash;
    }

    public void setNeedsHash(boolean needed) {
        marks.needsHash = needed;
    }

    /** What a generator's entry asked for: merge, replace, create or unspecified. */
    public String behavior() {
        return marks.behavior == null ? "unspecified" : marks.behavior;
    }

    public void setBehavior(String behavior) {
        marks.behavior = behavior;
    }

    /** The names of the variables that take their values from this object. */
    public List<String> varNames() {
        return varNames;
    }

    /** Takes over what a resource remembers that this one takes the place of. */
    public void inheritMarks(Resource other) {
        boolean hash = marks.needsHash;
        marks.absorb(other.marks.toAnnotations());
        marks.needsHash = hash && marks.needsHash;
        varNames.clear();
        varNames.addAll(other.varNames);
        originFile = other.originFile;
    }

    public Resource deepCopy() {
        Resource copy = new Resource(node.deepCopy(), scope, originFile, new BuildMarks(marks));
        copy.varNames.addAll(varNames);
        copy.gone = gone;
        return copy;
    }

    /**
     * Writes what is remembered into the object as annotations, for a step that may see or change
     * all annotations.
     */
    public void exposeMarks() {
        if (!marks.isEmpty()) {
            Meta.addAnnotations(node, marks.toAnnotations());
        }
    }

    /**
     * Takes back from the annotations what {@link #exposeMarks} wrote, with what the step made of
     * it.
     */
    public void absorbMarks() {
        Map<String, String> annotations = annotationsWithMarks();
        if (annotations == null) {
            return;
        }
        marks.absorb(annotations);
        annotations.keySet().removeIf(BuildMarks::isBuildAnnotation);
        Meta.setAnnotations(node, annotations);
    }

    /** As {@link #absorbMarks}, but what the step removed is forgotten. */
    public void absorbMarksStrictly() {
        if (annotationsWithMarks() == null) {
            marks.absorb(Map.of());
        } else {
            absorbMarks();
        }
    }

    /** The annotations that upstream takes for its own, the user's included. */
    public Map<String, String> internalAnnotations() {
        Map<String, String> internal = new HashMap<>();
        Node metadata = Meta.metadata(node);
        Node annotations = metadata == null ? null : metadata.get("annotations");
        if (annotations != null && annotations.isMapping()) {
            for (Entry entry : annotations.entries()) {
                if (BuildMarks.isInternal(entry.name())) {
                    internal.put(entry.name(), entry.value().isNull() ? "" : entry.value().value());
                }
            }
        }
        return internal;
    }

    /**
     * Takes what {@link #exposeMarks} wrote out of the annotations again; what is remembered is not
     * changed.
     */
    public void hideMarks() {
        Map<String, String> annotations = annotationsWithMarks();
        if (annotations != null) {
            annotations.keySet().removeIf(BuildMarks::isBuildAnnotation);
            Meta.setAnnotations(node, annotations);
        }
    }

    private @Nullable Map<String, String> annotationsWithMarks() {
        Node metadata = Meta.metadata(node);
        Node annotations = metadata == null ? null : metadata.get("annotations");
        if (annotations == null || !annotations.isMapping()) {
            return null;
        }
        for (int i = 0; i < annotations.content().size(); i += 2) {
            if (BuildMarks.isBuildAnnotation(annotations.content().get(i).value())) {
                return new HashMap<>(Meta.annotations(node));
            }
        }
        return null;
    }
}
