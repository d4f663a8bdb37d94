package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.Lookup;
import dev.sluice.kustomize.fields.Paths;
import dev.sluice.kustomize.model.Replacement;
import dev.sluice.kustomize.resource.IdPattern;
import dev.sluice.kustomize.resource.LabelSelector;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Selector;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** Copies values from fields of one resource to fields of others. */
public final class ReplacementTransformer implements Transformer {

    private static final String NAME = "metadata.name";

    private final List<Replacement> replacements;

    public ReplacementTransformer(List<Replacement> replacements) {
        this.replacements = replacements;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        boolean touchesAnnotations =
                replacements.stream().anyMatch(ReplacementTransformer::touchesAllMetadata);
        if (touchesAnnotations) {
            resources.resources().forEach(Resource::exposeMarks);
        }
        for (Replacement replacement : replacements) {
            List<Replacement.Target> targets = replacement.targets();
            if ((replacement.source() == null && replacement.sourceValue() == null)
                    || targets == null) {
                throw new BuildException(
                        "replacements must specify a source and at least one target");
            }
            Node value = value(resources, replacement);
            for (Replacement.Target target : targets) {
                write(resources, value, target);
            }
        }
        if (touchesAnnotations) {
            resources.resources().forEach(Resource::absorbMarksStrictly);
        }
        resources.dropGone();
    }

    /**
     * Whether a path reads or writes the metadata or the annotations as a whole, where build
     * annotations would show.
     */
    private static boolean touchesAllMetadata(Replacement replacement) {
        List<String> paths = new ArrayList<>();
        if (replacement.source() != null) {
            paths.add(replacement.source().fieldPath());
        }
        if (replacement.targets() != null) {
            replacement.targets().forEach(target -> paths.addAll(target.fieldPaths()));
        }
        return paths.contains("metadata") || paths.contains("metadata.annotations");
    }

    private static Node value(ResourceSet resources, Replacement replacement)
            throws BuildException {
        Replacement.Source source = replacement.source();
        if (replacement.sourceValue() != null) {
            if (source != null) {
                throw new BuildException("value and resource selectors are mutually exclusive");
            }
            return Node.scalar(replacement.sourceValue(), Untagged.TAG);
        }
        if (source == null) {
            throw new IllegalStateException("checked by the caller");
        }
        Resource resource = select(resources, source);
        String path = source.fieldPath().isEmpty() ? NAME : source.fieldPath();
        Node field;
        try {
            field = Lookup.find(resource.node(), Paths.splitWithBrackets(path, '.'));
        } catch (BuildException e) {
            throw e.within("error looking up replacement source");
        }
        if (Meta.isNullOrEmpty(field) || field == null) {
            throw new BuildException(
                    "fieldPath `" + path + "` is missing for replacement source " + source.id());
        }
        return refine(field, source.options());
    }

    private static Node refine(Node field, Replacement.Options options) throws BuildException {
        if (options.delimiter().isEmpty()) {
            return field;
        }
        if (!field.isScalar()) {
            throw new BuildException("delimiter option can only be used with scalar nodes");
        }
        List<String> parts = FieldWriter.split(field.value(), options.delimiter());
        if (options.index() < 0 || options.index() >= parts.size()) {
            throw new BuildException(
                    "options.index "
                            + options.index()
                            + " is out of bounds for value "
                            + field.value());
        }
        return field.deepCopy().setValue(parts.get(options.index()));
    }

    private static Resource select(ResourceSet resources, Replacement.Source source)
            throws BuildException {
        Resource match = null;
        for (Resource resource : resources.resources()) {
            if (isSource(resource, source)) {
                if (match != null) {
                    throw new BuildException("multiple matches for selector " + source);
                }
                match = resource;
            }
        }
        if (match == null) {
            throw new BuildException("nothing selected by " + source);
        }
        return match;
    }

    private static boolean isSource(Resource resource, Replacement.Source source) {
        for (ResId id : resource.allIds()) {
            boolean name = source.name().isEmpty() || source.name().equals(id.name());
            boolean namespace =
                    source.namespace().isEmpty()
                            || orDefault(source.namespace()).equals(orDefault(id.namespace()));
            if (name && namespace && id.gvk().isSelectedBy(source.gvk())) {
                return true;
            }
        }
        return false;
    }

    private static String orDefault(String namespace) {
        return namespace.isEmpty() ? "default" : namespace;
    }

    private static void write(ResourceSet resources, Node value, Replacement.Target target)
            throws BuildException {
        Selector select = target.select();
        if (select == null) {
            throw new BuildException("target must specify resources to select");
        }
        Chosen chosen = Chosen.of(select, target.reject());
        FieldWriter writer = new FieldWriter(value, target.options());
        List<String> paths = target.fieldPaths().isEmpty() ? List.of(NAME) : target.fieldPaths();
        for (Resource resource : resources.resources()) {
            if (chosen.has(resource)) {
                for (String path : paths) {
                    writer.write(resource.node(), path);
                }
            }
        }
    }

    /** The conditions of a target, ready for use. */
    private record Chosen(Condition select, List<Condition> rejects) {

        static Chosen of(Selector select, List<Selector> rejects) throws BuildException {
            try {
                List<Condition> conditions = new ArrayList<>();
                for (Selector reject : rejects) {
                    conditions.add(Condition.of(reject));
                }
                return new Chosen(Condition.of(select), conditions);
            } catch (BuildException e) {
                throw e.within("error creating target selector");
            }
        }

        boolean has(Resource resource) {
            if (!select.labelsFit(resource)) {
                return false;
            }
            List<ResId> ids = resource.allIds();
            for (Condition reject : rejects) {
                boolean byLabels = reject.hasLabels() && reject.labelsFit(resource);
                boolean byId =
                        !reject.selector.hasNoId() && ids.stream().anyMatch(reject.id::matches);
                if (byLabels || byId) {
                    return false;
                }
            }
            return ids.stream().anyMatch(select.id::matches);
        }
    }

    private record Condition(
            Selector selector, IdPattern id, LabelSelector labels, LabelSelector annotations) {

        static Condition of(Selector selector) throws BuildException {
            return new Condition(
                    selector,
                    new IdPattern(selector),
                    LabelSelector.parse(selector.labelSelector()),
                    LabelSelector.parse(selector.annotationSelector()));
        }

        boolean hasLabels() {
            return !selector.labelSelector().isEmpty() || !selector.annotationSelector().isEmpty();
        }

        boolean labelsFit(Resource resource) {
            return (labels.isEmpty() || labels.matches(Meta.labels(resource.node())))
                    && (annotations.isEmpty()
                            || annotations.matches(Meta.annotations(resource.node())));
        }
    }
}
