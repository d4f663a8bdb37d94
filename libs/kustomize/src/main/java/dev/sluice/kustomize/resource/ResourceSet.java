package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a layer in the order in which they came, no two with the same current id when
 * they are added.
 */
public final class ResourceSet {

    private final List<Resource> resources = new ArrayList<>();

    /** The ids of all resources; null where something may have changed them. */
    private @Nullable Set<ResId.Key> ids;

    /** The resources; the list may not be changed, and not be kept over a change of the set. */
    public List<Resource> resources() {
        return Collections.unmodifiableList(resources);
    }

    public int size() {
        return resources.size();
    }

    /**
     * Says that resources may have got other ids: called before a step that changes them at will.
     */
    public void idsMayChange() {
        ids = null;
    }

    /**
     * @throws BuildException where one with that id is there already
     */
    public void append(Resource resource) throws BuildException {
        ResId id = resource.currentId();
        if (!ids().add(id.key())) {
            throw new BuildException("may not add resource with an already registered id: " + id);
        }
        resources.add(resource);
    }

    /**
     * @throws BuildException where one with the same id as one of them is there already; those
     *     before it are added
     */
    public void appendAll(List<Resource> others) throws BuildException {
        for (Resource other : others) {
            append(other);
        }
    }

    /**
     * Takes up what a generator made: adds it, or merges it with or puts it in place of the one
     * that has its id.
     */
    public void absorb(Resource generated) throws BuildException {
        ResId id = generated.currentId();
        List<Resource> matches = withAnyId(id::matches);
        String behavior = generated.behavior();
        boolean joins = behavior.equals("merge") || behavior.equals("replace");
        if (matches.isEmpty()) {
            if (joins) {
                throw new BuildException(
                        GeneratorMerge.describe(id) + " does not exist; cannot merge or replace");
            }
            append(generated);
            return;
        }
        if (matches.size() > 1) {
            throw new BuildException("found multiple objects that could accept merge of " + id);
        }
        if (!joins) {
            throw new BuildException(
                    GeneratorMerge.describe(id)
                            + " exists; can not use behavior: '"
                            + behavior
                            + "', behavior must be merge or replace");
        }
        Resource old = matches.getFirst();
        GeneratorMerge.join(generated, old, behavior.equals("merge"));
        replace(generated, old);
    }

    private void replace(Resource replacement, Resource old) throws BuildException {
        int target = resources.indexOf(old);
        ResId id = replacement.currentId();
        int matches = 0;
        int index = -1;
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).currentId().matches(id)) {
                index = i;
                matches++;
            }
        }
        if (matches > 1) {
            throw new BuildException("in Replace: id matched " + matches + " resources");
        }
        if (index < 0) {
            throw new BuildException("cannot find resource with id " + id + " to replace");
        }
        if (index != target) {
            throw new BuildException("unexpected target index in replacement");
        }
        resources.set(index, replacement);
        idsMayChange();
    }

    /** The resources that have or had a fitting id. */
    public List<Resource> withAnyId(Predicate<ResId> matches) {
        List<Resource> found = new ArrayList<>(1);
        for (Resource resource : resources) {
            if (!resource.isGone() && hasAnyId(resource, matches)) {
                found.add(resource);
            }
        }
        return found;
    }

    private static boolean hasAnyId(Resource resource, Predicate<ResId> matches) {
        for (ResId previous : resource.previousIds()) {
            if (matches.test(previous)) {
                return true;
            }
        }
        return matches.test(resource.currentId());
    }

    /** How many resources have that id now. */
    public int countOf(ResId id) {
        int count = 0;
        for (Resource resource : resources) {
            if (resource.currentId().matches(id)) {
                count++;
            }
        }
        return count;
    }

    /**
     * The one resource that has or had an id.
     *
     * @throws BuildException where there is none, or more than one
     */
    public Resource byId(ResId id) throws BuildException {
        List<Resource> found = withAnyId(id::matches);
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new BuildException(
                (found.isEmpty() ? "no matches for Id " : "multiple matches for Id ")
                        + id
                        + "; failed to find unique target for patch "
                        + id);
    }

    /**
     * The resources that a selector picks: by original or current name and namespace, by what they
     * are now for the rest.
     */
    public List<Resource> select(Selector selector) throws BuildException {
        IdPattern pattern = new IdPattern(selector);
        List<Resource> selected = new ArrayList<>();
        for (Resource resource : resources) {
            ResId current = resource.currentId();
            ResId original = resource.hasPreviousIds() ? resource.originalId() : current;
            boolean fits =
                    (pattern.matchesNamespace(original.effectiveNamespace())
                                    || pattern.matchesNamespace(current.effectiveNamespace()))
                            && (pattern.matchesName(original.name())
                                    || pattern.matchesName(current.name()))
                            && pattern.matchesGvk(current.gvk());
            // Queries are read where they are needed, so one that nothing comes to is no error.
            if (fits
                    && fits(selector.labelSelector(), Meta.labels(resource.node()))
                    && fits(selector.annotationSelector(), Meta.annotations(resource.node()))) {
                selected.add(resource);
            }
        }
        return selected;
    }

    private static boolean fits(String query, Map<String, String> entries) throws BuildException {
        return query.isEmpty() || LabelSelector.parse(query).matches(entries);
    }

    /** Removes what patches deleted. */
    public void dropGone() {
        if (resources.removeIf(Resource::isGone)) {
            idsMayChange();
        }
    }

    /** Replaces all resources, checking their ids anew. */
    public void setAll(List<Resource> others) throws BuildException {
        List<Resource> copy = List.copyOf(others);
        resources.clear();
        ids = new HashSet<>();
        appendAll(copy);
    }

    /** Puts the same resources in another order, or leaves some out, without a check of ids. */
    public void reorder(List<Resource> others) {
        List<Resource> copy = List.copyOf(others);
        resources.clear();
        resources.addAll(copy);
        idsMayChange();
    }

    private Set<ResId.Key> ids() {
        Set<ResId.Key> known = ids;
        if (known == null) {
            known = new HashSet<>();
            for (Resource resource : resources) {
                known.add(resource.currentId().key());
            }
            ids = known;
        }
        return known;
    }
}
