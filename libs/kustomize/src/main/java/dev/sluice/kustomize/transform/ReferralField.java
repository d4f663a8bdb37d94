package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that names resources of a kind: a name, a list of names, or mappings with name and
 * namespace.
 *
 * @param role the kind that a role binding says its role is of; null for all other fields
 */
record ReferralField(Referrals referrals, Gvk target, @Nullable Gvk role) {

    void update(Node field) throws BuildException {
        if (field.isNull()) {
            return;
        }
        switch (field.kind()) {
            case SCALAR -> updateName(field);
            case MAPPING -> updateMapping(field);
            case SEQUENCE -> {
                for (Node item : List.copyOf(field.content())) {
                    updateItem(item);
                }
            }
            case ALIAS -> throw new BuildException("node must be a scalar, sequence or map");
        }
    }

    private void updateItem(Node item) throws BuildException {
        if (item.isNull()) {
            return;
        }
        switch (item.kind()) {
            case SCALAR -> updateName(item);
            case MAPPING -> updateMapping(item);
            default ->
                    throw new BuildException(
                            "a list element is expected to be either a string or a map of string");
        }
    }

    private void updateName(Node name) throws BuildException {
        Resource referral =
                referrals.select(name.value(), target, role, null, ReferralField::sameName);
        if (referral != null && !referral.name().equals(name.value())) {
            Fields.setScalarUntagged(name, referral.name());
        }
    }

    private void updateMapping(Node mapping) throws BuildException {
        Node name = mapping.get("name");
        if (name == null) {
            throw new BuildException("path config error; no 'name' field in node");
        }
        Node namespace = mapping.get("namespace");
        Resource referral =
                referrals.select(
                        name.value(),
                        target,
                        role,
                        namespace == null ? null : namespace.value(),
                        ReferralField::sameNameAndNamespace);
        if (referral == null
                || (referral.name().equals(name.value()) && referral.namespace().isEmpty())) {
            return;
        }
        Fields.setUntagged(mapping, "name", referral.name());
        if (!referral.namespace().isEmpty()) {
            Fields.setUntagged(mapping, "namespace", referral.namespace());
        }
    }

    private static boolean sameName(List<Resource> candidates) {
        String name = candidates.getFirst().name();
        return candidates.stream().allMatch(candidate -> candidate.name().equals(name));
    }

    private static boolean sameNameAndNamespace(List<Resource> candidates) {
        String namespace = candidates.getFirst().namespace();
        return sameName(candidates)
                && candidates.stream()
                        .allMatch(candidate -> candidate.namespace().equals(namespace));
    }
}
