package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what an object made, and what that made in turn. */
public final class InventoryTree {

    private static final int DEEPEST = 32;

    private final FluxCluster cluster;
    private final Set<ObjectId> seen = new HashSet<>();

    public InventoryTree(FluxCluster cluster) {
        this.cluster = cluster;
    }

    /** The object and what is below it. */
    public MadeObject of(LiveObject root) throws ClusterException {
        return new MadeObject(
                new ObjectId(
                        root.kind().group(), root.kind().name(), root.namespace(), root.name()),
                below(root, 0));
    }

    private List<MadeObject> below(LiveObject object, int depth) throws ClusterException {
        var below = new ArrayList<MadeObject>();
        for (ObjectId id : made(object)) {
            Optional<LiveObject> next =
                    depth < DEEPEST && seen.add(id) ? applier(id) : Optional.empty();
            below.add(
                    new MadeObject(
                            id, next.isPresent() ? below(next.get(), depth + 1) : List.of()));
        }
        return below;
    }

    /** The object behind an id, if it is one that applies others. */
    private Optional<LiveObject> applier(ObjectId id) throws ClusterException {
        ServedKind kind = ServedKind.called(id.kind()).orElse(null);
        boolean applies = id.kind().equals("Kustomization") || id.kind().equals("HelmRelease");
        return kind != null && applies && kind.group().equals(id.group())
                ? cluster.find(kind, id.namespace(), id.name())
                : Optional.empty();
    }

    private static List<ObjectId> made(LiveObject object) {
        var made = new ArrayList<ObjectId>();
        for (JsonNode entry : object.json().at("/status/inventory/entries")) {
            ObjectId id = ObjectId.parse(entry.path("id").asText());
            // An object that applies itself is not its own child.
            if (!(id.kind().equals(object.kind().name())
                    && id.name().equals(object.name())
                    && id.namespace().equals(object.namespace()))) {
                made.add(id);
            }
        }
        return made;
    }
}
