package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.WrittenObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints objects as one would write them: what the cluster added is left out. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Prints objects as YAML for Git, without status and what the cluster added: export ks NAME, export source git --all.")
final class ExportCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final ChoiceOptions choice = new ChoiceOptions();

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
        KindWords asked = choice.asked();
        return flux.with(cluster -> export(asked, cluster));
    }

    private int export(KindWords asked, FluxCluster cluster)
            throws ClusterException, CommandFailure {
        ServedKind kind = asked.kinds().getFirst();
        String namespace = allNamespaces ? "" : flux.namespace();
        List<LiveObject> objects = choice.of(asked, cluster, namespace);
        if (objects.isEmpty()) {
            throw CommandFailure.noneFound(kind.name(), namespace);
        }
        for (LiveObject object : objects) {
            print(
                    WrittenObject.of(
                            object.json(), kind.group() + '/' + kind.version(), kind.name()));
            if (withCredentials) {
                for (JsonNode secret : credentials(cluster, object)) {
                    print(WrittenObject.of(secret, "v1", "Secret"));
                }
            }
        }
        return 0;
    }

    private void print(ObjectNode object) {
        flux.print("---");
        flux.printYaml(object);
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
}
