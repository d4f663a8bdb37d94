package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.build.KustomizationPreview;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which Kustomization a preview is of, and of which files. */
final class PreviewOptions {

    @Parameters(paramLabel = "NAME", description = "The Kustomization.")
    private String name = "";

    @Option(
            names = "--path",
            paramLabel = "DIR",
            required = true,
            description = "The folder that stands for spec.path.")
    private Path path = Path.of(".");

    @Option(
            names = "--kustomization-file",
            paramLabel = "FILE",
            description = "The Kustomization as it is in this file, and not as in the cluster.")
    private @Nullable Path file;

    @Option(
            names = "--strict-substitute",
            description = "Fail where a variable has neither a value nor a default.")
    private boolean strict;

    String name() {
        return name;
    }

    /** The Kustomization of the file, or of the cluster; empty where neither has it. */
    Optional<ObjectNode> find(@Nullable FluxCluster cluster, String namespace)
            throws CommandFailure, ClusterException {
        if (file != null) {
            return Optional.of(ofFile(file, namespace));
        }
        return cluster == null
                ? Optional.empty()
                : cluster.find(ServedKind.named("Kustomization"), namespace, name)
                        .map(LiveObject::json)
                        .map(JsonNode::deepCopy);
    }

    private ObjectNode ofFile(Path from, String namespace) throws CommandFailure {
        try {
            for (var document : YamlReader.MANIFEST.readAll(Files.readString(from))) {
                if (JsonTrees.toJson(document.root()) instanceof ObjectNode object
                        && object.path("kind").asText().equals("Kustomization")
                        && object.path("apiVersion").asText().startsWith("kustomize.toolkit.")
                        && object.at("/metadata/name").asText().equals(name)) {
                    if (object.at("/metadata/namespace").isMissingNode()) {
                        object.withObject("/metadata").put("namespace", namespace);
                    }
                    return object;
                }
            }
            throw new CommandFailure("✗ " + from + " holds no Kustomization '" + name + "'");
        } catch (IOException | YamlException e) {
            throw new CommandFailure("✗ " + from + " can't be read: " + e.getMessage());
        }
    }

    /**
     * The objects that it would apply.
     *
     * @param cluster null where nothing may be asked: variables of ConfigMaps and Secrets are then
     *     without value
     */
    List<KubernetesObject> objects(ObjectNode kustomization, @Nullable FluxCluster cluster)
            throws CommandFailure, ClusterException {
        return objects(kustomization, cluster, path);
    }

    /** The same of another folder. */
    List<KubernetesObject> objects(
            ObjectNode kustomization, @Nullable FluxCluster cluster, Path folder)
            throws CommandFailure, ClusterException {
        Map<String, String> variables = variables(kustomization, cluster);
        try {
            return new KustomizationPreview(kustomization, variables, strict).objects(folder);
        } catch (BuildException | MalformedObjectException e) {
            throw new CommandFailure("✗ " + e.getMessage(), 2);
        } catch (PathNotFoundException | IOException e) {
            throw new CommandFailure("✗ " + folder + " is no folder", 2);
        }
    }

    private static Map<String, String> variables(
            ObjectNode kustomization, @Nullable FluxCluster cluster)
            throws CommandFailure, ClusterException {
        Map<String, String> variables = new LinkedHashMap<>();
        JsonNode postBuild = kustomization.at("/spec/postBuild");
        for (JsonNode source : postBuild.path("substituteFrom")) {
            if (cluster != null) {
                take(cluster, kustomization.at("/metadata/namespace").asText(), source, variables);
            }
        }
        postBuild
                .path("substitute")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        return variables;
    }

    private static void take(
            FluxCluster cluster, String namespace, JsonNode source, Map<String, String> variables)
            throws CommandFailure, ClusterException {
        boolean secret = source.path("kind").asText().equals("Secret");
        String object = source.path("name").asText();
        Optional<ObjectNode> found =
                secret
                        ? cluster.findSecret(namespace, object)
                        : cluster.findConfigMap(namespace, object);
        if (found.isEmpty() && !source.path("optional").asBoolean()) {
            throw new CommandFailure(
                    "✗ substitute from '%s/%s' error: not found in namespace %s"
                            .formatted(source.path("kind").asText(), object, namespace),
                    2);
        }
        found.ifPresent(from ->
                from.path("data")
                        .properties()
                        .forEach(entry -> {
                            String value = entry.getValue().asText();
                            variables.put(
                                    entry.getKey(),
                                    secret
                                            ? new String(
                                                    Base64.getDecoder().decode(value),
                                                    StandardCharsets.UTF_8)
                                            : value);
                        }));
    }
}
