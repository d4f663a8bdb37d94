package dev.sluice.kubernetes.health;

import dev.sluice.manifests.ObjectId;

/**
 * An object whose health is wanted.
 *
 * @param version API version without the group
 * @param there whether it is known to exist, because it has just been applied
 */
public record HealthTarget(ObjectId id, String version, boolean there) {

    String apiVersion() {
        return id.group().isEmpty() ? version : id.group() + '/' + version;
    }

    /** True where nothing needs to be asked. */
    boolean settled() {
        return there && HealthRules.currentOnceThere(id.group(), id.kind());
    }
}
