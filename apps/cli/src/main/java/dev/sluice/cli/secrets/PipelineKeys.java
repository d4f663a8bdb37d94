package dev.sluice.cli.secrets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.KeyRequest;
import java.time.Duration;
import java.util.List;

/**
 * Asks the services to change their own keys. Only annotations are written and read: the keys never
 * leave the services.
 */
public final class PipelineKeys {

    /** The applier first: the decryptor must know to whom to seal. */
    public static final List<String> SECRETS =
            List.of(KeyNames.APPLIER_SECRET, KeyNames.DECRYPTOR_SECRET);

    private static final String MANAGER = "sluice-cli";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TRIES = 300;

    private final ClusterClient client;
    private final String namespace;

    /**
     * @param namespace of the pipeline
     */
    public PipelineKeys(ClusterClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Asks for one Secret, and waits until its service has answered.
     *
     * @return false where it did not within a minute; it does when it runs again
     * @throws ClusterException where there is no such Secret, or it may not be changed
     */
    public boolean ask(String secret, KeyRequest request) throws ClusterException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/annotations").put(KeyRequest.ASKED, request.text());
        client.patchMetadata(path(secret), MANAGER, patch);
        for (int i = 0; i < TRIES; i++) {
            String done =
                    client.metadata(path(secret))
                            .path("metadata")
                            .path("annotations")
                            .path(KeyRequest.DONE)
                            .asText();
            if (done.equals(request.text())) {
                return true;
            }
            pause();
        }
        return false;
    }

    private String path(String secret) {
        return "/api/v1/namespaces/" + namespace + "/secrets/" + secret;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the services", e);
        }
    }
}
