package dev.sluice.cli.build;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ApiResource;
import dev.sluice.cli.cluster.ApiResources;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.kubernetes.apply.IgnoredFields;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an apply of a Kustomization's objects would change in the cluster, by the API server's own
 * word: each object is applied for trial.
 */
public final class ClusterDiff {

    private static final String MANAGER = "kustomize-controller";
    private static final String SWITCHES = "kustomize.toolkit.fluxcd.io/";
    private static final int INVALID = 422;

    private final ClusterClient client;
    private final ApiResources resources;
    private final ObjectNode kustomization;
    private final List<KubernetesObject> objects;
    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private boolean changed;

    /**
     * @param kustomization as the cluster or a file has it
     * @param objects that it would apply
     */
    public ClusterDiff(
            ClusterClient client, ObjectNode kustomization, List<KubernetesObject> objects) {
        this.client = client;
        this.resources = new ApiResources(client);
        this.kustomization = kustomization;
        this.objects = objects;
    }

    /**
     * What was found.
     *
     * @param lines for people
     * @param errors objects that the API server refused
     */
    public record Report(List<String> lines, List<String> errors, boolean changed) {}

    public Report run() {
        for (KubernetesObject object : objects) {
            try {
                compare(object);
            } catch (ClusterException e) {
                errors.add(object.id().display() + ": " + e.getMessage());
            }
        }
        if (errors.isEmpty() && kustomization.at("/spec/prune").asBoolean()) {
            stale().forEach(id -> tell(id, "deleted"));
        }
        return new Report(List.copyOf(lines), List.copyOf(errors), changed);
    }

    private void tell(ObjectId id, String what) {
        lines.add("► " + id.display() + ' ' + what);
        changed = true;
    }

    private void compare(KubernetesObject object) throws ClusterException {
        if (is(object, "reconcile", "disabled") || is(object, "ssa", "ignore")) {
            lines.add("► " + object.id().display() + " skipped");
            return;
        }
        if (comesWithTheOthers(object)) {
            tell(object.id(), "created");
            return;
        }
        ApiResource resource = resources.of(object.apiVersion(), object.kind());
        String path = resource.path(object.namespace(), object.name());
        Optional<ObjectNode> live = client.find(path);
        if (live.isEmpty()) {
            // Whether the API server would take it is said by trying.
            client.applyDry(path, MANAGER, object.tree());
            tell(object.id(), "created");
        } else if (!is(object, "ssa", "ifnotpresent")) {
            compare(object, live.get(), path);
        }
    }

    private void compare(KubernetesObject object, ObjectNode live, String path)
            throws ClusterException {
        ObjectNode merged;
        try {
            merged = client.applyDry(path, MANAGER, object.tree());
        } catch (ClusterException e) {
            boolean force =
                    is(object, "force", "enabled") || kustomization.at("/spec/force").asBoolean();
            if (e.status() == INVALID && force) {
                tell(object.id(), "created");
                return;
            }
            throw e;
        }
        ObjectNode before = compared(live, object);
        ObjectNode after = compared(merged, object);
        if (object.kind().equals("Secret") && object.group().isEmpty()) {
            SecretMask.hide(before, after);
        }
        List<String> difference = Difference.between(before, after);
        if (!difference.isEmpty()) {
            tell(object.id(), "drifted");
            lines.add("");
            lines.addAll(difference);
        }
    }

    /** Without what every write changes, and without what the Kustomization leaves to others. */
    private ObjectNode compared(ObjectNode object, KubernetesObject wanted) {
        ObjectNode compared = object.deepCopy();
        compared.remove("status");
        if (compared.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(
                    List.of(
                            "managedFields",
                            "resourceVersion",
                            "generation",
                            "uid",
                            "creationTimestamp",
                            "selfLink"));
        }
        for (IgnoredFields rule : IgnoredFields.parse(kustomization.at("/spec/ignore"))) {
            if (rule.selects(
                    wanted.id(), wanted.version(), wanted.labels(), wanted.annotations())) {
                rule.pointers().forEach(pointer -> remove(compared, pointer));
            }
        }
        return compared;
    }

    private static void remove(ObjectNode object, JsonPointer pointer) {
        JsonNode parent = object.at(pointer.head());
        String last = pointer.last().getMatchingProperty();
        if (parent instanceof ObjectNode map) {
            map.remove(last);
        } else if (parent instanceof ArrayNode list && pointer.last().getMatchingIndex() >= 0) {
            list.remove(pointer.last().getMatchingIndex());
        }
    }

    /** Its namespace or its definition is new, too, so nothing can be asked about it yet. */
    private boolean comesWithTheOthers(KubernetesObject object) throws ClusterException {
        for (KubernetesObject other : objects) {
            boolean namespace =
                    other.kind().equals("Namespace")
                            && other.group().isEmpty()
                            && other.name().equals(object.namespace());
            boolean definition =
                    other.kind().equals("CustomResourceDefinition")
                            && other.tree().at("/spec/group").asText().equals(object.group())
                            && other.tree().at("/spec/names/kind").asText().equals(object.kind());
            if (namespace || definition) {
                ApiResource resource = resources.of(other.apiVersion(), other.kind());
                if (client.find(resource.path("", other.name())).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean is(KubernetesObject object, String key, String value) {
        return value.equalsIgnoreCase(object.labels().getOrDefault(SWITCHES + key, ""))
                || value.equalsIgnoreCase(object.annotations().getOrDefault(SWITCHES + key, ""));
    }

    private List<ObjectId> stale() {
        Set<String> wanted = new HashSet<>();
        objects.forEach(object -> wanted.add(object.id().inventoryId()));
        List<ObjectId> stale = new ArrayList<>();
        for (JsonNode entry : kustomization.at("/status/inventory/entries")) {
            String id = entry.path("id").asText();
            if (!wanted.contains(id)) {
                stale.add(ObjectId.parse(id));
            }
        }
        return stale;
    }
}
