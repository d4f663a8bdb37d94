package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command about Flux objects, and where such a command prints. */
final class FluxOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "${env:FLUX_SYSTEM_NAMESPACE:-flux-system}",
            description =
                    "The namespace of the objects; FLUX_SYSTEM_NAMESPACE or flux-system by default.")
    private String namespace = "flux-system";

    @Mixin private final PatienceOptions patience = new PatienceOptions();

    private final Style style = Style.ofTerminal(System.getenv());

    /** How long the command may wait. */
    Duration timeout() {
        return patience.timeout();
    }

    Style style() {
        return style;
    }

    String namespace() {
        return namespace;
    }

    /** What a command does with the objects of a cluster; returns its exit code. */
    interface Work {
        int on(FluxCluster cluster) throws ClusterException, CommandFailure;
    }

    int with(Work work) throws CommandFailure {
        try (ClusterClient client = cluster.connect()) {
            return work.on(new FluxCluster(client));
        } catch (ClusterException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    /** The one kind that the words name, and the names after it. */
    static KindWords oneKind(List<String> words) throws CommandFailure {
        KindWords read = kinds(words);
        if (read.kinds().size() != 1) {
            throw new CommandFailure("Name one kind, such as kustomization or source git.", 2);
        }
        return read;
    }

    static KindWords kinds(List<String> words) throws CommandFailure {
        return KindWords.read(words)
                .orElseThrow(() ->
                        new CommandFailure(
                                "'%s' names no kind. Kinds are: %s; also all, sources all, source git, images all."
                                        .formatted(
                                                String.join(" ", words),
                                                String.join(
                                                        ", ",
                                                        ServedKind.all().stream()
                                                                .map(ServedKind::singular)
                                                                .toList())),
                                2));
    }

    void print(String line) {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        out.println(line);
        out.flush();
    }

    void printYaml(JsonNode tree) {
        print(YamlWriter.manifest(JsonTrees.fromJson(tree)).stripTrailing());
    }

    /** What goes on is told on standard error, so that results alone are on standard output. */
    void tell(String line) {
        PrintWriter err = Objects.requireNonNull(command).commandLine().getErr();
        err.println(style.line(line));
        err.flush();
    }
}
