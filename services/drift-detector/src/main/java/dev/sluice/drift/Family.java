package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.ObjectMeta;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of delivery: how each marks and writes the objects that it brings into the cluster. */
enum Family {
    /** Its objects are applied on the server's side. */
    KUSTOMIZATION(
            "Kustomization",
            Groups.KUSTOMIZE + "/v1",
            Labels.KUSTOMIZATION_NAME,
            Labels.KUSTOMIZATION_NAMESPACE) {
        @Override
        Terms terms(ObjectNode object) {
            return Terms.ofKustomization(object);
        }

        @Override
        boolean isOurs(FieldOwner owner) {
            return owner.applies(Labels.KUSTOMIZE_MANAGER);
        }

        @Override
        OwnedFields owned(ObjectMeta meta) {
            return meta.appliedBy(Labels.KUSTOMIZE_MANAGER)
                    .map(OwnedFields::of)
                    .orElse(OwnedFields.NONE);
        }

        @Override
        boolean leftAlone(ObjectMeta meta) {
            return is(meta, Groups.KUSTOMIZE + "/reconcile", Set.of("disabled"))
                    || is(meta, Groups.KUSTOMIZE + "/ssa", Set.of("ignore", "ifnotpresent"));
        }

        @Override
        boolean merges(ObjectMeta meta) {
            return is(meta, Groups.KUSTOMIZE + "/ssa", Set.of("merge"));
        }
    },

    /** Its objects are patched by Helm, in this process or by hand. */
    HELM_RELEASE(
            "HelmRelease",
            Groups.HELM + "/v2",
            Labels.HELM_RELEASE_NAME,
            Labels.HELM_RELEASE_NAMESPACE) {
        @Override
        Terms terms(ObjectNode object) {
            return Terms.ofHelmRelease(object);
        }

        @Override
        boolean isOurs(FieldOwner owner) {
            return owner.manager().equals(Labels.HELM_MANAGER) && owner.subresource().isEmpty();
        }

        @Override
        OwnedFields owned(ObjectMeta meta) {
            return meta.ownedBy(Labels.HELM_MANAGER, Set.of(Labels.HELM_PROGRAM_MANAGER))
                    .map(OwnedFields::of)
                    .orElse(OwnedFields.NONE);
        }

        @Override
        boolean leftAlone(ObjectMeta meta) {
            return is(meta, Groups.HELM + "/driftDetection", Set.of("disabled"));
        }

        // Whoever else owns fields of a release's object may: Helm takes none away.
        @Override
        boolean merges(ObjectMeta meta) {
            return true;
        }
    };

    private final String kind;
    private final String apiVersion;
    private final String nameLabel;
    private final String namespaceLabel;

    Family(String kind, String apiVersion, String nameLabel, String namespaceLabel) {
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.nameLabel = nameLabel;
        this.namespaceLabel = namespaceLabel;
    }

    /** The one that a kind of delivery is of; null where drift of it is not looked for. */
    static @Nullable Family of(String kind) {
        for (Family family : values()) {
            if (family.kind.equals(kind)) {
                return family;
            }
        }
        return null;
    }

    String kind() {
        return kind;
    }

    String apiVersion() {
        return apiVersion;
    }

    /** The label that every object of such a delivery carries. */
    String ownerLabel() {
        return nameLabel;
    }

    /** The delivery that an object's labels name, as {@code namespace/name}. */
    String owner(ObjectMeta meta) {
        return meta.labels().getOrDefault(namespaceLabel, "")
                + '/'
                + meta.labels().getOrDefault(nameLabel, "");
    }

    /** What the delivery's own object says about drift. */
    abstract Terms terms(ObjectNode object);

    /** Whether an entry is of what the delivery itself writes. */
    abstract boolean isOurs(FieldOwner owner);

    /** The fields of an object that are the delivery's. */
    abstract OwnedFields owned(ObjectMeta meta);

    /** Whether a switch on the object says that it is not ours to change. */
    abstract boolean leftAlone(ObjectMeta meta);

    /** Whether kubectl may own fields of the object. */
    abstract boolean merges(ObjectMeta meta);

    private static boolean is(ObjectMeta meta, String key, Set<String> values) {
        return values.contains(lower(meta.labels(), key))
                || values.contains(lower(meta.annotations(), key));
    }

    private static String lower(Map<String, String> all, String key) {
        return all.getOrDefault(key, "").toLowerCase(Locale.ROOT);
    }
}
