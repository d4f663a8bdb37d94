package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints objects as one would write them: what the cluster added is left out. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Prints objects as YAML for Git, without status and what the cluster added: export ks NAME, export source git --all.")
final class ExportCommand implements Callable<Integer> {

    /** Annotations that say what happened, not what is wanted. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of(
                    "reconcile.fluxcd.io/requestedAt",
                    "reconcile.fluxcd.io/forceAt",
                    "reconcile.fluxcd.io/resetAt",
                    "kubectl.kubernetes.io/last-applied-configuration");

    /** False is what all else is where nothing is said. */
    private static final Set<String> MEANT = Set.of("prune", "persistentClient");

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final ChoiceOptions choice = new ChoiceOptions();

    @Parameters(
            paramLabel = "KIND [NAME...]",
            arity = "1..*",
            completionCandidates = KindCandidates.class,
            description = "Which objects.")
    private List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "With --all: those of all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = "--with-credentials",
            description = "Print the Secret of a source, too, in clear.")
    private boolean withCredentials;

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = FluxOptions.oneKind(words);
        return flux.with(cluster -> export(asked, cluster));
    }

    private int export(KindWords asked, FluxCluster cluster)
            throws ClusterException, CommandFailure {
        ServedKind kind = asked.kinds().getFirst();
        String namespace = allNamespaces ? "" : flux.namespace();
        List<LiveObject> objects = choice.of(asked, cluster, namespace);
        if (objects.isEmpty()) {
            throw new CommandFailure(
                    "✗ no %s objects found in %s"
                            .formatted(
                                    kind.name(),
                                    allNamespaces
                                            ? "any namespace"
                                            : "\"" + namespace + "\" namespace"));
        }
        for (LiveObject object : objects) {
            print(clean(object.json(), kind.group() + '/' + kind.version(), kind.name()));
            if (withCredentials) {
                for (JsonNode secret : credentials(cluster, object)) {
                    print(clean(secret, "v1", "Secret"));
                }
            }
        }
        return 0;
    }

    private void print(ObjectNode object) {
        flux.print("---");
        flux.print(YamlWriter.manifest(JsonTrees.fromJson(object)).stripTrailing());
    }

    private static List<JsonNode> credentials(FluxCluster cluster, LiveObject object)
            throws ClusterException {
        List<JsonNode> secrets = new ArrayList<>();
        for (String field : List.of("secretRef", "certSecretRef", "proxySecretRef")) {
            String name = object.json().path("spec").path(field).path("name").asText();
            if (!name.isEmpty()) {
                Optional<ObjectNode> secret = cluster.findSecret(object.namespace(), name);
                secret.ifPresent(secrets::add);
            }
        }
        return secrets;
    }

    static ObjectNode clean(JsonNode live, String apiVersion, String kind) {
        ObjectNode clean = JsonNodeFactory.instance.objectNode();
        clean.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = clean.putObject("metadata");
        for (String field : List.of("name", "namespace", "labels", "annotations")) {
            JsonNode value = live.path("metadata").path(field);
            if (!value.isMissingNode()) {
                metadata.set(field, value.deepCopy());
            }
        }
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(OF_THE_MOMENT);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        if (live.path("spec") instanceof ObjectNode spec) {
            List<String> unsaid = new ArrayList<>();
            spec.properties()
                    .forEach(field -> {
                        if (field.getValue().isBoolean()
                                && !field.getValue().asBoolean()
                                && !MEANT.contains(field.getKey())) {
                            unsaid.add(field.getKey());
                        }
                    });
            spec.remove(unsaid);
        }
        live.properties().stream()
                .filter(field ->
                        !Set.of("apiVersion", "kind", "metadata", "status")
                                .contains(field.getKey()))
                .forEach(field -> clean.set(field.getKey(), field.getValue()));
        return clean;
    }
}
