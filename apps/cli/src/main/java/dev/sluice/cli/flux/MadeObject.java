package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.List;

/** An object with what it made, and what that made in turn. */
public record MadeObject(ObjectId id, List<MadeObject> made) {

    private static final String FLUX_GROUPS = ".toolkit.fluxcd.io";

    public MadeObject {
        made = List.copyOf(made);
    }

    /** The same with objects of Flux kinds alone below it. */
    public MadeObject ofFluxKinds() {
        return new MadeObject(
                id,
                made.stream()
                        .filter(child -> child.id.group().endsWith(FLUX_GROUPS))
                        .map(MadeObject::ofFluxKinds)
                        .toList());
    }

    /** As lines of a tree, its own first. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(id.display());
        addBelow(lines, "");
        return lines;
    }

    private void addBelow(List<String> lines, String indent) {
        for (int i = 0; i < made.size(); i++) {
            boolean last = i == made.size() - 1;
            MadeObject child = made.get(i);
            lines.add(indent + (last ? "└── " : "├── ") + child.id.display());
            child.addBelow(lines, indent + (last ? "    " : "│   "));
        }
    }

    /** With the field names that {@code flux tree -o json} has. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode resource = json.putObject("resource");
        resource.put("Namespace", id.namespace()).put("Name", id.name());
        resource.putObject("GroupKind").put("Group", id.group()).put("Kind", id.kind());
        if (!made.isEmpty()) {
            ArrayNode resources = json.putArray("resources");
            made.forEach(child -> resources.add(child.json()));
        }
        return json;
    }
}
