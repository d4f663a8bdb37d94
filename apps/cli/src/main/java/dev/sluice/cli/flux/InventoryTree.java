package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an object made, and what that made in turn, as lines of a tree. */
public final class InventoryTree {

    private static final int DEEPEST = 32;

    private final FluxCluster cluster;
    private final Set<ObjectId> seen = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    public InventoryTree(FluxCluster cluster) {
        this.cluster = cluster;
    }

    /** The lines, the object's own first. */
    public List<String> of(LiveObject root) throws ClusterException {
        lines.add(root.kind().name() + "/" + root.namespace() + "/" + root.name());
        addBelow(root, "", 0);
        return List.copyOf(lines);
    }

    private void addBelow(LiveObject object, String indent, int depth) throws ClusterException {
        List<ObjectId> made = made(object);
        for (int i = 0; i < made.size(); i++) {
            ObjectId id = made.get(i);
            boolean last = i == made.size() - 1;
            lines.add(indent + (last ? "└── " : "├── ") + id.display());
            Optional<LiveObject> next =
                    depth < DEEPEST && seen.add(id) ? applier(id) : Optional.empty();
            if (next.isPresent()) {
                addBelow(next.get(), indent + (last ? "    " : "│   "), depth + 1);
            }
        }
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
