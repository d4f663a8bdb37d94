package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ApiResource;
import dev.sluice.cli.cluster.ApiResources;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.Trace;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where an object of the cluster comes from. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description =
                "Shows which delivery made an object, from which source and revision: trace deployment NAME -n NAMESPACE, trace deploy/NAME.")
final class TraceCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(paramLabel = "KIND NAME", arity = "1..*", description = "Which object.")
    private List<String> words = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "The kind, where --api-version says which of several is meant.")
    private @Nullable String kind;

    @Option(
            names = "--api-version",
            paramLabel = "VERSION",
            description = "The kind's API version, such as apps/v1.")
    private @Nullable String apiVersion;

    @Override
    public Integer call() throws CommandFailure {
        return flux.with(this::show);
    }

    private int show(FluxCluster cluster) throws ClusterException, CommandFailure {
        ApiResources resources = new ApiResources(cluster.client());
        List<String> asked = asked();
        ApiResource resource = resource(resources, asked.getFirst());
        List<String> names = asked.subList(1, asked.size());
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                flux.print("---");
            }
            String name = names.get(i);
            ObjectNode object =
                    cluster.client()
                            .find(resource.path(flux.namespace(), name))
                            .orElseThrow(() ->
                                    CommandFailure.notFound(
                                            resource.kind(), name, flux.namespace()));
            object.put("kind", resource.kind());
            new Trace(cluster, resources).of(object).forEach(flux::print);
        }
        return 0;
    }

    /** The kind's word, then the names. */
    private List<String> asked() throws CommandFailure {
        if (kind != null) {
            return Stream.concat(Stream.of(kind), words.stream()).toList();
        }
        String first = words.getFirst();
        int slash = first.indexOf('/');
        if (slash > 0 && words.size() == 1) {
            return List.of(first.substring(0, slash), first.substring(slash + 1));
        }
        if (words.size() < 2) {
            throw new CommandFailure("Name the object: trace KIND NAME, or trace KIND/NAME.", 2);
        }
        return words;
    }

    private ApiResource resource(ApiResources resources, String word)
            throws ClusterException, CommandFailure {
        if (apiVersion != null) {
            return resources.of(apiVersion, word);
        }
        return resources
                .called(word)
                .orElseThrow(
                        () -> new CommandFailure("✗ the cluster serves no kind '" + word + "'", 1));
    }
}
