package dev.sluice.cli.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Flux's own controllers in a cluster. */
final class FluxControllers {

    private static final Set<String> NAMES =
            Set.of(
                    "source-controller",
                    "kustomize-controller",
                    "helm-controller",
                    "notification-controller",
                    "image-reflector-controller",
                    "image-automation-controller",
                    "source-watcher");

    private final ClusterClient client;
    private final String deployments;

    FluxControllers(ClusterClient client, String namespace) {
        this.client = client;
        this.deployments = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    }

    /** The names of those that are meant to run. */
    List<String> running() throws ClusterException {
        List<String> names = new ArrayList<>();
        for (JsonNode deployment :
                client.find(deployments)
                        .map(list -> list.path("items"))
                        .orElse(JsonNodeFactory.instance.arrayNode())) {
            String name = deployment.at("/metadata/name").asText();
            if (NAMES.contains(name) && deployment.at("/spec/replicas").asInt(1) > 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** Scales them to nothing: two that steer one cluster would fight. */
    void putToRest(Consumer<String> tell) throws ClusterException {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        none.putObject("spec").put("replicas", 0);
        for (String name : running()) {
            client.patch(deployments + '/' + name, "sluice-bootstrap", none);
            tell.accept("put " + name + " to rest");
        }
    }
}
