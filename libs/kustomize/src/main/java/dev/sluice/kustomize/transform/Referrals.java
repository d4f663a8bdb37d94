package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which resources one referrer can mean by a name. */
final class Referrals {

    private final Resource referrer;
    private final ResId referrerId;
    private final Map<String, List<Resource>> byOldName;
    private final List<Resource> all;
    private final Set<String> subjectNamespaces;

    /**
     * @param all every resource of the build
     * @param byOldName those that once had a name, in the same order
     */
    Referrals(Resource referrer, List<Resource> all, Map<String, List<Resource>> byOldName)
            throws BuildException {
        this.referrer = referrer;
        this.all = all;
        this.referrerId = referrer.currentId();
        this.byOldName = byOldName;
        this.subjectNamespaces =
                referrerId.clusterScoped() ? Set.of() : subjectNamespaces(referrer);
    }

    ReferralField forField(Gvk target, FieldSpec spec) {
        Gvk role = spec.path().endsWith("roleRef/name") ? roleRef() : null;
        return new ReferralField(this, target, role);
    }

    /**
     * The namespaces of the service accounts that a role binding names: it may refer to those too.
     */
    private static Set<String> subjectNamespaces(Resource referrer) throws BuildException {
        Set<String> namespaces = new HashSet<>();
        Node subjects =
                referrer.kind().equals("RoleBinding") ? referrer.node().get("subjects") : null;
        if (subjects == null) {
            return namespaces;
        }
        for (Node subject : subjects.items()) {
            Node namespace = subject.get("namespace");
            Node kind = subject.get("kind");
            if (namespace != null && kind != null && kind.value().equals("ServiceAccount")) {
                if (!namespace.isString()) {
                    throw new BuildException(
                            "Invalid Input: namespace is blank for resource \""
                                    + referrer.currentId()
                                    + "\"");
                }
                namespaces.add(namespace.value());
            }
        }
        return namespaces;
    }

    private @Nullable Gvk roleRef() {
        Node roleRef = referrer.node().get("roleRef");
        Node group = roleRef == null ? null : roleRef.get("apiGroup");
        Node kind = roleRef == null ? null : roleRef.get("kind");
        return group == null || kind == null ? null : new Gvk(group.value(), "", kind.value());
    }

    /**
     * The one resource that the referrer means.
     *
     * @param role the kind that a role binding says its role is of; null for all other fields
     * @param namespace where the field says it; null where it says none
     * @param identical whether candidates that cannot be told apart mean the same
     * @return null where there is none
     */
    @Nullable Resource select(
            String oldName,
            Gvk target,
            @Nullable Gvk role,
            @Nullable String namespace,
            Predicate<List<Resource>> identical)
            throws BuildException {
        List<Resource> candidates = new ArrayList<>(2);
        for (Resource candidate : byOldName.getOrDefault(oldName, List.of())) {
            if (isReachable(candidate)
                    && wasKind(candidate, target)
                    && (role == null || wasKind(candidate, role))
                    && mayBeNamed(candidate)) {
                candidates.add(candidate);
            }
        }
        if (namespace != null) {
            candidates = inNamespace(candidates, namespace);
        }
        if (candidates.size() > 1) {
            candidates = withAffixes(candidates, true);
        } else if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.size() > 1) {
            candidates = withAffixes(candidates, false);
        }
        if (candidates.isEmpty()) {
            return null;
        }
        if (candidates.size() == 1 || identical.test(candidates)) {
            return candidates.getFirst();
        }
        throw new BuildException(
                "found multiple possible referrals: "
                        + String.join(
                                ", ",
                                candidates.stream()
                                        .map(one -> one.currentId().toString())
                                        .toList()));
    }

    private boolean isReachable(Resource candidate) {
        ResId id = candidate.currentId();
        return referrerId.clusterScoped()
                || id.clusterScoped()
                || id.sameNamespace(referrerId)
                || subjectNamespaces.contains(candidate.namespace());
    }

    private static boolean wasKind(Resource candidate, Gvk gvk) {
        for (ResId id : candidate.previousIds()) {
            if (id.gvk().isSelectedBy(gvk)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeNamed(Resource candidate) {
        ResId id = candidate.currentId();
        return referrerId.clusterScoped()
                || id.clusterScoped()
                || candidate.kind().equals("ServiceAccount")
                || id.sameNamespace(referrerId);
    }

    /**
     * Those that came from the namespace, or where none of all that can be named did, those that
     * are in it now.
     */
    private List<Resource> inNamespace(List<Resource> candidates, String namespace) {
        boolean anyOriginal = anyReachableFrom(namespace);
        List<Resource> fitting = new ArrayList<>(candidates.size());
        for (Resource candidate : candidates) {
            ResId id = anyOriginal ? candidate.originalId() : candidate.currentId();
            if (!id.clusterScoped() && id.effectiveNamespace().equals(namespace)) {
                fitting.add(candidate);
            }
        }
        return fitting;
    }

    private boolean anyReachableFrom(String namespace) {
        for (Resource other : all) {
            ResId id = other.originalId();
            if (!id.clusterScoped()
                    && id.effectiveNamespace().equals(namespace)
                    && isReachable(other)) {
                return true;
            }
        }
        return false;
    }

    private List<Resource> withAffixes(List<Resource> candidates, boolean allowEmpty) {
        List<Resource> fitting = new ArrayList<>(candidates.size());
        for (Resource candidate : candidates) {
            if (sameEnd(candidate.prefixes(), referrer.prefixes(), allowEmpty)
                    && sameEnd(candidate.suffixes(), referrer.suffixes(), allowEmpty)) {
                fitting.add(candidate);
            }
        }
        return fitting;
    }

    /**
     * Whether the shorter list is the end of the longer one; an empty one is the end only of an
     * empty one.
     */
    private static boolean sameEnd(List<String> left, List<String> right, boolean allowEmpty) {
        if (left.isEmpty() || right.isEmpty()) {
            return allowEmpty || left.size() == right.size();
        }
        int length = Math.min(left.size(), right.size());
        return left.subList(left.size() - length, left.size())
                .equals(right.subList(right.size() - length, right.size()));
    }
}
