package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.ObjectMeta;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a live object: nothing but what drift is read from.
 *
 * @param owner the delivery that its labels name, as {@code namespace/name}
 * @param leftAlone whether a switch on the object says that it is not ours to change
 * @param merge whether kubectl may own fields of it
 * @param owned the fields that our manager owns
 * @param before the fields that our manager owned before the last change of them; null where it was
 *     not seen
 * @param kubectl the manager of that family that owns fields; null where none does
 * @param lastOther the other manager that wrote last; null where there is none
 * @param lastOtherFields what that manager owns, as paths
 */
record LiveObject(
        String uid,
        String resourceVersion,
        boolean deleting,
        String owner,
        boolean leftAlone,
        boolean merge,
        OwnedFields owned,
        @Nullable OwnedFields before,
        @Nullable String kubectl,
        @Nullable String lastOther,
        List<String> lastOtherFields) {

    /** More are not told, and need not be remembered. */
    private static final int MOST_FIELDS = 20;

    LiveObject {
        lastOtherFields = List.copyOf(lastOtherFields);
    }

    /**
     * @param family of the delivery that it is looked at for
     * @param previous what was kept of the object before; null where it is new
     */
    static LiveObject of(Family family, ObjectNode object, @Nullable LiveObject previous) {
        ObjectMeta meta = ObjectMeta.of(object.path("metadata"));
        OwnedFields owned = family.owned(meta);
        Optional<FieldOwner> other =
                meta.owners().stream()
                        .filter(o -> !o.subresource().equals("status"))
                        .filter(o -> !family.isOurs(o))
                        .max(Comparator.comparing(FieldOwner::time));
        return new LiveObject(
                meta.uid(),
                meta.resourceVersion(),
                meta.deleting(),
                family.owner(meta),
                family.leftAlone(meta),
                family.merges(meta),
                owned,
                before(owned, previous),
                kubectl(meta),
                other.map(FieldOwner::manager).orElse(null),
                other.map(o -> o.paths().stream().limit(MOST_FIELDS).toList()).orElse(List.of()));
    }

    private static @Nullable OwnedFields before(OwnedFields now, @Nullable LiveObject previous) {
        if (previous == null) {
            return null;
        }
        return previous.owned.digest().equals(now.digest()) ? previous.before : previous.owned;
    }

    private static @Nullable String kubectl(ObjectMeta meta) {
        return meta.owners().stream()
                .filter(o -> o.subresource().isEmpty() && o.manager().startsWith("kubectl"))
                .map(FieldOwner::manager)
                .findFirst()
                .orElse(null);
    }
}
