package dev.sluice.standalone.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What kinds a cluster in memory says that it serves: the usual ones, and Flux's with ours. */
final class ServedKinds {

    private static final String USUAL =
            """
            v1 Namespace namespaces cluster
            v1 ConfigMap configmaps
            v1 Secret secrets
            v1 Service services
            v1 ServiceAccount serviceaccounts
            v1 Event events
            v1 Pod pods
            apps/v1 Deployment deployments
            apps/v1 StatefulSet statefulsets
            apps/v1 DaemonSet daemonsets
            batch/v1 Job jobs
            networking.k8s.io/v1 Ingress ingresses
            policy/v1 PodDisruptionBudget poddisruptionbudgets
            rbac.authorization.k8s.io/v1 Role roles
            rbac.authorization.k8s.io/v1 RoleBinding rolebindings
            rbac.authorization.k8s.io/v1 ClusterRole clusterroles cluster
            rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings cluster
            apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions cluster
            """;

    private record Kind(String name, String plural, boolean namespaced) {}

    private final Map<String, List<Kind>> byVersion = new LinkedHashMap<>();

    ServedKinds() {
        USUAL.lines()
                .map(line -> line.split(" "))
                .forEach(words -> put(words[0], new Kind(words[1], words[2], words.length == 3)));
        for (ObjectNode definition : CustomResourceDefinitions.all()) {
            JsonNode spec = definition.path("spec");
            JsonNode names = spec.path("names");
            for (JsonNode version : spec.path("versions")) {
                put(
                        spec.path("group").asText() + '/' + version.path("name").asText(),
                        new Kind(names.path("kind").asText(), names.path("plural").asText(), true));
            }
        }
    }

    private void put(String apiVersion, Kind kind) {
        byVersion.computeIfAbsent(apiVersion, _ -> new ArrayList<>()).add(kind);
    }

    /**
     * The answer to a question for kinds.
     *
     * @param segments of the path: {@code api}, {@code apis}, and what comes after
     */
    ObjectNode answer(List<String> segments) {
        String rest = String.join("/", segments.subList(1, segments.size()));
        if (segments.getFirst().equals("version")) {
            return tree("Info").put("major", "1").put("minor", "35").put("gitVersion", "v1.35.0");
        }
        if (byVersion.containsKey(rest)) {
            return resources(rest);
        }
        if (segments.getFirst().equals("api")) {
            ObjectNode versions = tree("APIVersions");
            versions.putArray("versions").add("v1");
            return versions;
        }
        if (!rest.isEmpty()) {
            return group(rest);
        }
        ObjectNode groups = tree("APIGroupList");
        ArrayNode all = groups.putArray("groups");
        versions().map(ServedKinds::groupOf).distinct().map(this::group).forEach(all::add);
        return groups;
    }

    /** Those of named groups. */
    private Stream<String> versions() {
        return byVersion.keySet().stream().filter(v -> v.indexOf('/') > 0);
    }

    private static String groupOf(String apiVersion) {
        return apiVersion.substring(0, apiVersion.indexOf('/'));
    }

    private ObjectNode group(String name) {
        ObjectNode group = tree("APIGroup").put("name", name);
        ArrayNode versions = group.putArray("versions");
        versions()
                .filter(v -> groupOf(v).equals(name))
                .forEach(v ->
                        versions.addObject()
                                .put("groupVersion", v)
                                .put("version", v.substring(name.length() + 1)));
        group.set("preferredVersion", versions.path(0));
        return group;
    }

    private ObjectNode resources(String apiVersion) {
        ObjectNode list = tree("APIResourceList").put("groupVersion", apiVersion);
        ArrayNode resources = list.putArray("resources");
        for (Kind kind : byVersion.getOrDefault(apiVersion, List.of())) {
            ArrayNode verbs =
                    resources
                            .addObject()
                            .put("name", kind.plural())
                            .put("singularName", "")
                            .put("kind", kind.name())
                            .put("namespaced", kind.namespaced())
                            .putArray("verbs");
            Stream.of("create", "delete", "get", "list", "patch", "update", "watch")
                    .forEach(verbs::add);
        }
        return list;
    }

    private static ObjectNode tree(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }
}
