package dev.sluice.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which kinds a cluster serves; asks as little as it can, and nothing twice. For one thread. */
public final class ApiResources {

    private final ClusterClient client;
    private final Map<String, List<ApiResource>> known = new HashMap<>();

    public ApiResources(ClusterClient client) {
        this.client = client;
    }

    /**
     * The kind in that version.
     *
     * @throws ClusterException where the cluster does not serve it
     */
    public ApiResource of(String apiVersion, String kind) throws ClusterException {
        return served(apiVersion).stream()
                .filter(resource -> resource.kind().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new ClusterException(
                                "The cluster serves no kind " + kind + " in " + apiVersion + "."));
    }

    /**
     * The kind that a word means, such as {@code deploy} or {@code widgets.example.com}: the core
     * comes first, then the groups in the server's order.
     */
    public Optional<ApiResource> called(String word) throws ClusterException {
        Optional<ApiResource> core = find("v1", word);
        if (core.isPresent()) {
            return core;
        }
        for (JsonNode group : client.get("/apis").path("groups")) {
            Optional<ApiResource> found =
                    find(group.at("/preferredVersion/groupVersion").asText(), word);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ApiResource> find(String apiVersion, String word) throws ClusterException {
        return served(apiVersion).stream().filter(r -> r.isCalled(word)).findFirst();
    }

    private List<ApiResource> served(String apiVersion) throws ClusterException {
        List<ApiResource> resources = known.get(apiVersion);
        if (resources == null) {
            int slash = apiVersion.indexOf('/');
            String path = (slash < 0 ? "/api/" : "/apis/") + apiVersion;
            String group = slash < 0 ? "" : apiVersion.substring(0, slash);
            String version = apiVersion.substring(slash + 1);
            resources =
                    client.find(path)
                            .map(list -> ApiResource.of(group, version, list))
                            .orElse(List.of());
            known.put(apiVersion, new ArrayList<>(resources));
        }
        return resources;
    }
}
