package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which kinds a cluster serves, asked for one group version at a time and kept. A kind that is not
 * found asks again, at most once a second per group version; {@link #forget} makes the next
 * question ask, for when a definition has come or gone.
 */
final class Discovery {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private record Known(Map<String, ResourceKind> kinds, Instant at) {}

    private final ApiServer server;
    private final Clock clock;
    private final Map<String, Known> groupVersions = new ConcurrentHashMap<>();

    Discovery(ApiServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    ResourceKind find(String apiVersion, String kind) throws KubernetesException {
        Known known = groupVersions.get(apiVersion);
        if (known == null || (!known.kinds.containsKey(kind) && old(known))) {
            known = ask(apiVersion);
            groupVersions.put(apiVersion, known);
        }
        ResourceKind found = known.kinds.get(kind);
        if (found == null) {
            throw new KubernetesException(KubernetesFailure.noMatch(apiVersion, kind));
        }
        return found;
    }

    /** The kind in whichever version of its group is served, the preferred one first. */
    Optional<ResourceKind> findAnyVersion(String group, String kind) throws KubernetesException {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        for (String apiVersion : versions(group)) {
            try {
                return Optional.of(find(apiVersion, kind));
            } catch (KubernetesException e) {
                if (!e.is(KubernetesFailure.Sort.NO_MATCH)) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private List<String> versions(String group) throws KubernetesException {
        try {
            JsonNode answer = server.send(ApiRequest.get("/apis/" + group), "").object();
            List<String> all = new ArrayList<>();
            all.add(answer.at("/preferredVersion/groupVersion").asText());
            for (JsonNode version : answer.path("versions")) {
                all.add(version.path("groupVersion").asText());
            }
            return all.stream().filter(v -> !v.isEmpty()).distinct().toList();
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.NOT_FOUND)) {
                return List.of();
            }
            throw e;
        }
    }

    void forget(String group) {
        groupVersions.keySet().removeIf(v -> group(v).equals(group));
    }

    private boolean old(Known known) {
        return !clock.instant().isBefore(known.at.plus(ASK_AGAIN));
    }

    private Known ask(String apiVersion) throws KubernetesException {
        Map<String, ResourceKind> kinds = new HashMap<>();
        String group = group(apiVersion);
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        try {
            String path = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion;
            for (JsonNode r : server.send(ApiRequest.get(path), "").object().path("resources")) {
                String plural = r.path("name").asText();
                if (plural.indexOf('/') < 0) {
                    String kind = r.path("kind").asText();
                    boolean namespaced = r.path("namespaced").asBoolean();
                    kinds.put(kind, new ResourceKind(group, version, kind, plural, namespaced));
                }
            }
        } catch (KubernetesException e) {
            if (!e.is(KubernetesFailure.Sort.NOT_FOUND)) {
                throw e;
            }
        }
        return new Known(Map.copyOf(kinds), clock.instant());
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
