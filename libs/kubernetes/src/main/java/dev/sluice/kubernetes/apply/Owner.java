package dev.sluice.kubernetes.apply;

import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.manifests.KubernetesObject;

/**
 * The delivery that objects belong to, as their labels tell.
 *
 * @param prefix of the labels and switches, for example {@code kustomize.toolkit.fluxcd.io}
 */
public record Owner(String prefix, String namespace, String name) {

    /** The owner labels and switches of Kustomizations. */
    public static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io";

    public static Owner kustomization(String namespace, String name) {
        return new Owner(KUSTOMIZE, namespace, name);
    }

    /** The label that holds the owner's name: whoever carries it is owned by someone. */
    public String nameLabel() {
        return prefix + "/name";
    }

    public String namespaceLabel() {
        return prefix + "/namespace";
    }

    /** True where the live object carries both labels of this owner. */
    public boolean owns(ObjectMeta live) {
        return name.equals(live.labels().get(nameLabel()))
                && namespace.equals(live.labels().get(namespaceLabel()));
    }

    void label(KubernetesObject object) {
        object.putLabel(nameLabel(), name);
        object.putLabel(namespaceLabel(), namespace);
    }
}
