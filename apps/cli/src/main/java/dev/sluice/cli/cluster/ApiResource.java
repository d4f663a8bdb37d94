package dev.sluice.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind as an API server serves it.
 *
 * @param group empty for the core
 */
public record ApiResource(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        List<String> shortNames,
        boolean namespaced) {

    /** Whether a word of a command line means it: any of its names, maybe with the group. */
    boolean isCalled(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return plural.equals(lower)
                || singular.equals(lower)
                || kind.equalsIgnoreCase(lower)
                || shortNames.contains(lower)
                || lower.equals(plural + '.' + group)
                || lower.equals(plural + '.' + version + '.' + group);
    }

    /** The path of one object; the namespace counts where the kind has namespaces. */
    public String path(String namespace, String name) {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + '/')
                + version
                + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "")
                + '/'
                + plural
                + '/'
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Those of one group version, as its list of resources tells. */
    static List<ApiResource> of(String group, String version, JsonNode list) {
        List<ApiResource> resources = new ArrayList<>();
        for (JsonNode item : list.path("resources")) {
            String plural = item.path("name").asText();
            if (plural.indexOf('/') < 0) {
                List<String> shortNames = new ArrayList<>();
                item.path("shortNames").forEach(name -> shortNames.add(name.asText()));
                String kind = item.path("kind").asText();
                String singular = item.path("singularName").asText();
                resources.add(
                        new ApiResource(
                                group,
                                version,
                                kind,
                                plural,
                                singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular,
                                List.copyOf(shortNames),
                                item.path("namespaced").asBoolean()));
            }
        }
        return resources;
    }
}
