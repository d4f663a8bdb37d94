package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.install.Installer;
import dev.sluice.cli.tenant.Tenant;
import dev.sluice.cli.tenant.TenantObjects;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice create tenant}: prints or applies what a team needs. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        description = {
            "Makes what a team needs on a shared cluster: namespaces, an account with rights there and nowhere else,",
            "and where a repository is named its source and Kustomization in that account's name."
        })
final class CreateTenantCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "NAME", description = "The team.")
    private String name = "";

    @Option(
            names = "--with-namespace",
            paramLabel = "NAME",
            required = true,
            description = "A namespace of the team; may be given more than once.")
    private List<String> namespaces = List.of();

    @Option(
            names = "--cluster-role",
            paramLabel = "NAME",
            defaultValue = "cluster-admin",
            description =
                    "What the account may do in the namespaces of the team; ${DEFAULT-VALUE} by default.")
    private String clusterRole = "cluster-admin";

    @Option(names = "--url", paramLabel = "URL", description = "The team's Git repository.")
    private @Nullable String url;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "Its branch; ${DEFAULT-VALUE} by default.")
    private String branch = "main";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "./",
            description = "The folder in it; the root by default.")
    private String path = "./";

    @Option(
            names = "--git-secret",
            paramLabel = "NAME",
            description = "Secret in the first namespace with the credentials of the repository.")
    private @Nullable String gitSecret;

    @Option(
            names = "--decryption-secret",
            paramLabel = "NAME",
            description = "Secret in the first namespace with the team's own decryption keys.")
    private @Nullable String decryption;

    @Option(
            names = "--max-objects",
            paramLabel = "N",
            description =
                    "How many of each kind of object its namespaces may hold, and how many objects one build.")
    private @Nullable Integer maxObjects;

    @Option(
            names = "--max-artifact-size",
            paramLabel = "SIZE",
            description = "How large an artifact of its sources may be: 50Mi.")
    private @Nullable String maxArtifactSize;

    @Option(
            names = "--max-build-time",
            paramLabel = "DURATION",
            description = "How long one build may take: 20s.")
    private @Nullable String maxBuildTime;

    @Option(
            names = "--quota-contact",
            paramLabel = "WHO",
            description = "Whom to ask for more; told wherever a quota refuses something.")
    private @Nullable String contact;

    @Option(
            names = "--max-pods",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "How many pods, where --max-objects is given; ${DEFAULT-VALUE} by default.")
    private int maxPods = 100;

    @Option(
            names = "--export",
            description = "Print the objects as YAML and leave the cluster alone.")
    private boolean export;

    @Override
    public Integer call() throws CommandFailure {
        List<ObjectNode> objects = objects();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (export) {
            StringBuilder text = new StringBuilder();
            for (ObjectNode object : objects) {
                text.append("---\n");
                YamlWriter.manifest(JsonTrees.fromJson(object), text);
            }
            out.print(text);
            out.flush();
            return 0;
        }
        try (ClusterClient client = cluster.connect()) {
            Installer installer = new Installer(client);
            for (ObjectNode object : objects) {
                out.println(installer.apply(object));
                out.flush();
            }
        } catch (ClusterException e) {
            throw new CommandFailure(e.getMessage());
        }
        return 0;
    }

    private List<ObjectNode> objects() throws CommandFailure {
        try {
            return TenantObjects.of(
                    new Tenant(
                            name,
                            namespaces,
                            clusterRole,
                            url == null
                                    ? null
                                    : new Tenant.Repository(url, branch, path, gitSecret),
                            decryption,
                            new Tenant.Quota(
                                    maxObjects, maxPods, maxArtifactSize, maxBuildTime, contact)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage() + ".", 2);
        }
    }
}
