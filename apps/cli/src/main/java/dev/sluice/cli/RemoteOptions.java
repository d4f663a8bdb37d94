package dev.sluice.cli;

import dev.sluice.kustomize.api.RemoteTrees;
import dev.sluice.remotes.AllowedHosts;
import dev.sluice.remotes.HostedTrees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Whether a build may fetch what a kustomization names by URL. */
final class RemoteOptions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 32 << 20;

    @Option(
            names = "--allow-remote",
            description =
                    "Fetch what a kustomization names by URL: over https, from any public host.")
    private boolean anyHost;

    @Option(
            names = "--remote-host",
            paramLabel = "HOST",
            split = ",",
            description = "Fetch what a kustomization names by URL, from this host alone.")
    private List<String> hosts = new ArrayList<>();

    boolean allowed() {
        return anyHost || !hosts.isEmpty();
    }

    RemoteTrees trees() {
        AllowedHosts allowed =
                hosts.isEmpty() ? AllowedHosts.anyPublic() : new AllowedHosts(Set.copyOf(hosts));
        return new HostedTrees(allowed, PATIENCE, MOST_BYTES);
    }
}
