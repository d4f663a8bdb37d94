package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.install.Components;
import dev.sluice.cli.install.Installation;
import dev.sluice.cli.install.Installer;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints or applies what a cluster needs. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = {
            "Applies what a cluster needs: the definitions of the Flux kinds, and an identity with its roles for each service.",
            "Doing it again brings the cluster up to date."
        })
final class InstallCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--export",
            description = "Print the objects as YAML and leave the cluster alone.")
    private boolean export;

    @Option(
            names = "--components",
            paramLabel = "PART",
            defaultValue = "all",
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Components components = Components.all;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "flux-system",
            description = "Where the services run; ${DEFAULT-VALUE} by default.")
    private String namespace = "flux-system";

    @Override
    public Integer call() throws CommandFailure {
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new CommandFailure(
                    "'"
                            + namespace
                            + "' cannot be the name of a namespace: it takes lower-case letters, digits and dashes.",
                    2);
        }
        var installation = new Installation(components, namespace);
        PrintWriter out = out();
        if (export) {
            out.print(installation.yaml());
            out.flush();
            return 0;
        }
        try (ClusterClient client = cluster.connect()) {
            var installer = new Installer(client);
            for (ObjectNode object : installation.objects()) {
                out.println(installer.apply(object));
                out.flush();
            }
            installer.awaitDefinitions(installation.objects());
        } catch (ClusterException e) {
            throw new CommandFailure(e.getMessage());
        }
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
