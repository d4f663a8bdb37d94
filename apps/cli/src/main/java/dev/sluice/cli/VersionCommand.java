package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells the version of this command, and of the services in a cluster. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version of the command and of the services in the cluster.")
final class VersionCommand implements Callable<Integer> {

    private static final String PREFIX = "sluice-";

    /** The formats. */
    enum Output {
        text,
        json,
        yaml
    }

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Option(names = "--client", description = "Print the version of the command alone.")
    private boolean client;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Output output = Output.text;

    @Override
    public Integer call() throws CommandFailure {
        Map<String, String> services = new TreeMap<>();
        if (!client) {
            flux.with(cluster -> {
                services.putAll(services(cluster));
                return 0;
            });
        }
        ObjectNode versions = JsonNodeFactory.instance.objectNode();
        versions.put("sluice", "v" + Main.VERSION);
        services.forEach(versions::put);
        switch (output) {
            case text ->
                    versions.properties()
                            .forEach(e -> flux.print(e.getKey() + ": " + e.getValue().asText()));
            case json -> flux.print(versions.toPrettyString());
            case yaml -> flux.printYaml(versions);
        }
        return 0;
    }

    /** Service to the tag of its image. */
    private Map<String, String> services(FluxCluster cluster) throws ClusterException {
        Map<String, String> services = new TreeMap<>();
        for (String resource : List.of("deployments", "statefulsets")) {
            String path =
                    "/apis/apps/v1/namespaces/%s/%s?labelSelector=app.kubernetes.io/part-of%%3Dsluice"
                            .formatted(flux.namespace(), resource);
            for (JsonNode owner : cluster.client().get(path).path("items")) {
                String name = owner.at("/metadata/name").asText();
                String image = owner.at("/spec/template/spec/containers/0/image").asText();
                services.put(
                        name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name,
                        tag(image));
            }
        }
        if (services.isEmpty()) {
            flux.tell(
                    "► no services run in the \"%s\" namespace of this cluster"
                            .formatted(flux.namespace()));
        }
        return services;
    }

    /** {@code v1.2.3} of {@code registry:5000/name:v1.2.3@sha256:...}; the digest where none is. */
    static String tag(String image) {
        int digest = image.indexOf('@');
        String named = digest < 0 ? image : image.substring(0, digest);
        int colon = named.lastIndexOf(':');
        if (colon > named.lastIndexOf('/')) {
            return named.substring(colon + 1);
        }
        return digest < 0 ? "latest" : image.substring(digest + 1);
    }
}
