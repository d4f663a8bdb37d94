package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.secrets.PipelineKeys;
import dev.sluice.manifests.sealing.KeyRequest;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the services change their own keys. */
@Command(
        name = "rotate-pipeline-keys",
        mixinStandardHelpOptions = true,
        description = {
            "Has the decryptor sign with a new key and the applier take bundles sealed to a new identity.",
            "What was signed and sealed before goes on counting, and is signed and sealed anew. When all deliveries are Ready again, --drop-old ends that."
        })
final class PipelineKeysCommand implements Callable<Integer> {

    @Mixin private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "flux-system",
            description = "Where the services run; ${DEFAULT-VALUE} by default.")
    private String namespace = "flux-system";

    @Option(
            names = "--drop-old",
            description = "Make no new keys; forget all but the present ones.")
    private boolean dropOld;

    @Override
    public Integer call() throws CommandFailure {
        String at = Clock.systemUTC().instant().toString();
        KeyRequest request = dropOld ? KeyRequest.dropOld(at) : KeyRequest.rotate(at);
        try (ClusterClient client = cluster.connect()) {
            for (String secret : PipelineKeys.SECRETS) {
                if (!new PipelineKeys(client, namespace).ask(secret, request)) {
                    throw new CommandFailure(
                            "nobody answered for Secret "
                                    + namespace
                                    + '/'
                                    + secret
                                    + ": is the pipeline running? It does it when it starts");
                }
                System.out.println(
                        "secret/" + secret + (dropOld ? " old keys dropped" : " rotated"));
            }
            return 0;
        } catch (ClusterException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
