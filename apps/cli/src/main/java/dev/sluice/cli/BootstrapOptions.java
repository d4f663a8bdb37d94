package dev.sluice.cli;

import dev.sluice.cli.bootstrap.Bootstrap;
import dev.sluice.cli.bootstrap.BootstrapException;
import dev.sluice.cli.bootstrap.GitAccess;
import dev.sluice.cli.bootstrap.SyncPoint;
import dev.sluice.cli.bootstrap.Variant;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all ways to bootstrap have in common. */
final class BootstrapOptions {

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "Branch of the repository; ${DEFAULT-VALUE} by default.")
    private String branch = "main";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            required = true,
            description = "The cluster's folder, for example clusters/production.")
    private String path = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "flux-system",
            description = "Where the pipeline runs; only ${DEFAULT-VALUE} for now.")
    private String namespace = "flux-system";

    @Option(
            names = "--secret-name",
            paramLabel = "NAME",
            defaultValue = "flux-system",
            description = "Secret for the credentials; ${DEFAULT-VALUE} by default.")
    private String secret = "flux-system";

    @Option(
            names = "--components",
            paramLabel = "VARIANT",
            defaultValue = "standalone",
            description =
                    "What runs the pipeline: one of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Variant variant = Variant.standalone;

    @Option(
            names = "--adopt",
            description =
                    "Take over a cluster that Flux runs: its controllers are put to rest, what they manage is left as it is.")
    private boolean adopt;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for the cluster; ${DEFAULT-VALUE} by default.")
    private int timeout = 300;

    int run(String url, GitAccess access, PrintWriter out) throws CommandFailure {
        if (!namespace.equals("flux-system")) {
            throw new CommandFailure("only the namespace flux-system is possible for now.", 2);
        }
        try (ClusterClient client = cluster.connect()) {
            SyncPoint sync =
                    new SyncPoint(
                            url,
                            branch,
                            path,
                            namespace,
                            access.isSecret() ? secret : null,
                            variant == Variant.lockdown);
            Bootstrap.Wishes wishes =
                    new Bootstrap.Wishes(sync, access, variant, adopt, Duration.ofSeconds(timeout));
            new Bootstrap(
                            client,
                            wishes,
                            step -> {
                                out.println(step);
                                out.flush();
                            })
                    .run();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage() + ".", 2);
        } catch (BootstrapException | ClusterException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
