package dev.sluice.manifests;

/**
 * Which object, whatever its version: what an inventory lists and a diff compares.
 *
 * @param group API group, empty for the core group
 * @param namespace empty for cluster-scoped objects
 */
public record ObjectId(String group, String kind, String namespace, String name)
        implements Comparable<ObjectId> {

    /** How a colon of an RBAC name is written in an inventory id. */
    private static final String COLON = "__";

    /**
     * Reads an inventory id. Neither a namespace nor a group nor a kind holds an underscore, so the
     * name is what is left between them.
     *
     * @throws IllegalArgumentException where the text is not an inventory id
     */
    public static ObjectId parse(String inventoryId) {
        int namespaceEnd = inventoryId.indexOf('_');
        int kindStart = inventoryId.lastIndexOf('_');
        int groupStart = kindStart <= 0 ? -1 : inventoryId.lastIndexOf('_', kindStart - 1);
        if (namespaceEnd < 0 || groupStart <= namespaceEnd) {
            throw new IllegalArgumentException(
                    "not an inventory id (namespace_name_group_kind): " + inventoryId);
        }
        return new ObjectId(
                inventoryId.substring(groupStart + 1, kindStart),
                inventoryId.substring(kindStart + 1),
                inventoryId.substring(0, namespaceEnd),
                inventoryId.substring(namespaceEnd + 1, groupStart).replace(COLON, ":"));
    }

    /** The id as an inventory holds it: {@code namespace_name_group_kind}, with empty parts. */
    public String inventoryId() {
        return namespace + '_' + name.replace(":", COLON) + '_' + group + '_' + kind;
    }

    /** As people write it: {@code Kind/namespace/name}, or {@code Kind/name}. */
    public String display() {
        return namespace.isEmpty() ? kind + '/' + name : kind + '/' + namespace + '/' + name;
    }

    /** The order of an inventory: by its ids as text. */
    @Override
    public int compareTo(ObjectId other) {
        return inventoryId().compareTo(other.inventoryId());
    }

    @Override
    public String toString() {
        return inventoryId();
    }
}
