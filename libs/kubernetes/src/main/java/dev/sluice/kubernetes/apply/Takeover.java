package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.ObjectMeta;
import java.time.Instant;
import java.util.Map;

/**
 * Takes fields over from managers that must not keep any: kubectl in all its forms, what was there
 * before the first apply, and our own updates from before we applied. Their entries are merged into
 * ours, so that the next apply removes what is not wanted.
 */
final class Takeover {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final String manager;

    /**
     * @param manager our own
     */
    Takeover(String manager) {
        this.manager = manager;
    }

    boolean needed(ObjectMeta live) {
        return live.annotations().containsKey(LAST_APPLIED)
                || live.owners().stream().anyMatch(this::unwelcome);
    }

    private boolean unwelcome(FieldOwner owner) {
        if (!owner.subresource().isEmpty()) {
            return false;
        }
        return owner.manager().startsWith("kubectl")
                || owner.manager().equals("before-first-apply")
                || (owner.manager().equals(manager) && owner.operation().equals("Update"));
    }

    /** JSON patch that does it, on exactly the state that was seen. */
    String patch(ObjectMeta live) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        if (live.annotations().containsKey(LAST_APPLIED)) {
            patch.addObject()
                    .put("op", "remove")
                    .put("path", "/metadata/annotations/" + LAST_APPLIED.replace("/", "~1"));
        }
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", entries(live));
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", live.resourceVersion());
        return patch.toString();
    }

    private ArrayNode entries(ObjectMeta live) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        ObjectNode ours = JsonNodeFactory.instance.objectNode();
        String apiVersion = "";
        Instant latest = Instant.EPOCH;
        for (FieldOwner owner : live.owners()) {
            if (unwelcome(owner) || owner.applies(manager)) {
                union(ours, owner.fields());
                apiVersion = owner.apiVersion();
                latest = owner.time().isAfter(latest) ? owner.time() : latest;
            } else {
                entries.add(entry(owner));
            }
        }
        if (!apiVersion.isEmpty()) {
            FieldOwner merged = new FieldOwner(manager, "Apply", "", apiVersion, latest, ours);
            entries.add(entry(merged));
        }
        return entries;
    }

    private static ObjectNode entry(FieldOwner owner) {
        ObjectNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("manager", owner.manager())
                        .put("operation", owner.operation())
                        .put("apiVersion", owner.apiVersion())
                        .put("time", owner.time().toString())
                        .put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", owner.fields());
        if (!owner.subresource().isEmpty()) {
            entry.put("subresource", owner.subresource());
        }
        return entry;
    }

    private static void union(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> e : from.properties()) {
            if (into.get(e.getKey()) instanceof ObjectNode both) {
                union(both, e.getValue());
            } else {
                into.set(e.getKey(), e.getValue().deepCopy());
            }
        }
    }
}
