package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.fields.Lookup;
import dev.sluice.kustomize.fields.WrongKindException;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts all namespaced resources into one namespace, with the subjects of role bindings and other
 * fields that name it.
 */
public final class NamespaceTransformer implements Transformer {

    /** Which subjects of role bindings get the namespace. */
    public enum Subjects {
        /** Those named {@code default}. */
        DEFAULT_ONLY("defaultOnly"),
        ALL_SERVICE_ACCOUNTS("allServiceAccounts"),
        NONE("none");

        private final String word;

        Subjects(String word) {
            this.word = word;
        }

        /**
         * @throws BuildException where the word is none of the known ones; empty is the default
         */
        public static Subjects of(String word) throws BuildException {
            if (word.isEmpty()) {
                return DEFAULT_ONLY;
            }
            for (Subjects subjects : values()) {
                if (subjects.word.equals(word)) {
                    return subjects;
                }
            }
            throw new BuildException(
                    "invalid value \""
                            + word
                            + "\" for setRoleBindingSubjects: "
                            + "must be one of \"defaultOnly\", \"none\" or \"allServiceAccounts\"");
        }
    }

    private static final FieldSpec NAMESPACE = FieldSpec.everywhere("metadata/namespace", true);

    private final String namespace;
    private final List<FieldSpec> specs;
    private final boolean unsetOnly;
    private final Subjects subjects;

    /**
     * @param unsetOnly leave namespaces that are there
     */
    public NamespaceTransformer(
            String namespace, List<FieldSpec> specs, boolean unsetOnly, Subjects subjects) {
        this.namespace = namespace;
        this.specs =
                specs.stream().filter(spec -> !spec.path().equals("metadata/namespace")).toList();
        this.unsetOnly = unsetOnly;
        this.subjects = subjects;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        if (namespace.isEmpty()) {
            return;
        }
        resources.idsMayChange();
        Map<ResId.Key, Integer> counts = new HashMap<>();
        for (Resource resource : resources.resources()) {
            counts.merge(resource.currentId().key(), 1, Integer::sum);
        }
        for (Resource resource : resources.resources()) {
            if (resource.isGone()) {
                continue;
            }
            counts.merge(resource.currentId().key(), -1, Integer::sum);
            resource.storePreviousId();
            apply(resource);
            ResId id = resource.currentId();
            if (counts.merge(id.key(), 1, Integer::sum) != 1) {
                throw new BuildException("namespace transformation produces ID conflict: " + id);
            }
        }
    }

    private void apply(Resource resource) throws BuildException {
        if (!resource.currentId().clusterScoped()) {
            FieldWalker.walk(resource.node(), NAMESPACE, Kind.SCALAR, this::set);
        }
        setIn(resource.node(), specs, subjects);
    }

    /**
     * Sets the namespace in one object, whatever its kind; used where a single field is asked for.
     */
    static void setEverywhere(Node object, String namespace, boolean clusterScoped)
            throws BuildException {
        NamespaceTransformer transformer =
                new NamespaceTransformer(namespace, List.of(), false, Subjects.DEFAULT_ONLY);
        if (!clusterScoped) {
            FieldWalker.walk(object, NAMESPACE, Kind.SCALAR, transformer::set);
        }
        transformer.setIn(object, List.of(), Subjects.DEFAULT_ONLY);
    }

    private void setIn(Node object, List<FieldSpec> fields, Subjects which) throws BuildException {
        Gvk gvk = Gvk.of(object);
        boolean binding = isRoleBinding(gvk.kind());
        if (binding && which != Subjects.NONE) {
            setInSubjects(object, which);
        }
        try {
            for (FieldSpec spec : fields) {
                boolean name =
                        spec.path().equals("metadata/name")
                                && !Meta.apiVersion(object).equals("v1");
                boolean subject =
                        binding
                                && isRoleBinding(spec.gvk().kind())
                                && spec.path().equals("subjects/namespace");
                if (!name && !subject) {
                    FieldWalker.walk(object, spec, Kind.SCALAR, this::set);
                }
            }
        } catch (BuildException e) {
            throw e.within(
                    e.isCausedBy(WrongKindException.class)
                            ? "namespace field specs must target scalar nodes"
                            : "namespace transformation failed");
        }
    }

    private void setInSubjects(Node binding, Subjects which) throws BuildException {
        Node list = Lookup.find(binding, "subjects");
        if (list == null || list.isNull()) {
            return;
        }
        Fields.require(list, Kind.SEQUENCE);
        String field = which == Subjects.DEFAULT_ONLY ? "name" : "kind";
        String wanted = which == Subjects.DEFAULT_ONLY ? "default" : "ServiceAccount";
        for (Node subject : List.copyOf(list.items())) {
            Node value = Lookup.find(subject, field);
            if (value == null || value.isNull()) {
                continue;
            }
            Fields.require(value, Kind.SCALAR);
            if (value.value().equals(wanted)) {
                Node place = Lookup.findOrCreate(subject, Kind.SCALAR, List.of("namespace"));
                if (place != null) {
                    set(place);
                }
            }
        }
    }

    private void set(Node field) throws BuildException {
        if (unsetOnly && field.isScalar() && !field.isNull() && !field.value().isEmpty()) {
            return;
        }
        Fields.setScalar(field, Node.string(namespace));
    }

    private static boolean isRoleBinding(String kind) {
        return kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding");
    }
}
