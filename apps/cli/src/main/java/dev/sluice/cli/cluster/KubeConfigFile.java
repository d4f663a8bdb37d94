package dev.sluice.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads kubeconfig files as kubectl does: the file that was named, or those of the environment
 * variable KUBECONFIG, or {@code ~/.kube/config}. Where several files have an entry of the same
 * name the first counts.
 */
public final class KubeConfigFile {

    private final List<Path> files;
    private final List<JsonNode> contents;

    private KubeConfigFile(List<Path> files, List<JsonNode> contents) {
        this.files = files;
        this.contents = contents;
    }

    /**
     * Finds and reads the files.
     *
     * @param named the file that the user named, or null
     */
    public static KubeConfigFile find(@Nullable Path named, Map<String, String> environment)
            throws ClusterException {
        if (named != null) {
            return read(List.of(named));
        }
        String variable = environment.getOrDefault("KUBECONFIG", "");
        if (!variable.isEmpty()) {
            List<Path> listed =
                    Arrays.stream(variable.split(File.pathSeparator))
                            .filter(s -> !s.isEmpty())
                            .map(Path::of)
                            .toList();
            List<Path> present = listed.stream().filter(Files::exists).toList();
            return read(present.isEmpty() ? listed : present);
        }
        return read(List.of(Path.of(environment.getOrDefault("HOME", "."), ".kube", "config")));
    }

    private static KubeConfigFile read(List<Path> files) throws ClusterException {
        var contents = new ArrayList<JsonNode>();
        for (Path file : files) {
            contents.add(read(file));
        }
        return new KubeConfigFile(files, contents);
    }

    private static JsonNode read(Path file) throws ClusterException {
        try {
            return JsonTrees.toJson(YamlReader.MANIFEST.read(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw new ClusterException(
                    "There is no kubeconfig at "
                            + file
                            + ": name one with --kubeconfig or the variable KUBECONFIG.");
        } catch (IOException e) {
            throw new ClusterException(
                    "The kubeconfig " + file + " cannot be read: " + e.getMessage());
        } catch (YamlException e) {
            throw new ClusterException("The kubeconfig " + file + " is not YAML: line " + e.line());
        }
    }

    /**
     * The cluster of a context.
     *
     * @param name the context, or null for the current one
     */
    public ClusterAddress address(@Nullable String name) throws ClusterException {
        String contextName = name == null ? currentContext() : name;
        JsonNode context = entry("contexts", "context", contextName);
        JsonNode cluster = entry("clusters", "cluster", context.path("cluster").asText());
        String userName = context.path("user").asText();
        JsonNode user =
                userName.isEmpty() ? MissingNode.getInstance() : entry("users", "user", userName);
        String namespace = context.path("namespace").asText();
        var credentials = new Credentials(user, this::bytes);
        var tls =
                new Tls(
                        bytes(cluster, "certificate-authority"),
                        cluster.path("insecure-skip-tls-verify").asBoolean(),
                        credentials.certificate(),
                        credentials.key());
        return new ClusterAddress(
                server(cluster),
                tls.context(),
                credentials.authorization(),
                namespace.isEmpty() ? "default" : namespace);
    }

    private URI server(JsonNode cluster) throws ClusterException {
        String server = cluster.path("server").asText();
        try {
            URI uri =
                    URI.create(
                            server.endsWith("/")
                                    ? server.substring(0, server.length() - 1)
                                    : server);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ClusterException(
                "The kubeconfig "
                        + files
                        + " names no server that can be reached: '"
                        + server
                        + "'.");
    }

    private String currentContext() throws ClusterException {
        for (JsonNode content : contents) {
            String current = content.path("current-context").asText();
            if (!current.isEmpty()) {
                return current;
            }
        }
        throw new ClusterException(
                "The kubeconfig " + files + " has no current context: choose one with --context.");
    }

    private JsonNode entry(String list, String key, String name) throws ClusterException {
        for (JsonNode content : contents) {
            for (JsonNode entry : content.path(list)) {
                if (entry.path("name").asText().equals(name)) {
                    return entry.path(key);
                }
            }
        }
        throw new ClusterException(
                "The kubeconfig " + files + " has no " + key + " named '" + name + "'.");
    }

    /**
     * What is written in the file as {@code name-data}, or lies in the file named by {@code name}.
     */
    private Optional<byte[]> bytes(JsonNode entry, String name) throws ClusterException {
        String data = entry.path(name + "-data").asText();
        if (!data.isEmpty()) {
            try {
                return Optional.of(
                        Base64.getMimeDecoder().decode(data.getBytes(StandardCharsets.US_ASCII)));
            } catch (IllegalArgumentException e) {
                throw new ClusterException(
                        "The kubeconfig " + files + " has a " + name + "-data that is not base64.");
            }
        }
        String path = entry.path(name).asText();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Path file = files.getFirst().toAbsolutePath().resolveSibling(path);
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ClusterException(
                    "The file "
                            + file
                            + ", named in the kubeconfig as "
                            + name
                            + ", cannot be read.");
        }
    }
}
