package dev.sluice.rendering;

import dev.sluice.kustomize.tree.ReadSet;
import dev.sluice.manifests.KubernetesObject;
import java.util.List;

/**
 * What a build gave.
 *
 * @param objects in kustomize's order
 * @param encrypted files that went into the build; where there are any and they were not decrypted,
 *     the objects are not what they should be
 * @param readSet what was read of the tree
 */
public record Rendering(
        List<KubernetesObject> objects, List<EncryptedFile> encrypted, ReadSet readSet) {

    public Rendering {
        objects = List.copyOf(objects);
        encrypted = List.copyOf(encrypted);
    }
}
