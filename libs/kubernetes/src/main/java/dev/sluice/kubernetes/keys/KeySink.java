package dev.sluice.kubernetes.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.watch.Sink;
import dev.sluice.manifests.sealing.KeyRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells requests from other changes of a Secret. */
final class KeySink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(KeySink.class);

    private final KeyListener listener;
    private String version = "";

    KeySink(KeyListener listener) {
        this.listener = listener;
    }

    @Override
    public void begin() {
        // One object: nothing to compare.
    }

    @Override
    public void present(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode annotations = metadata.path("annotations");
        String asked = annotations.path(KeyRequest.ASKED).asText();
        try {
            if (!asked.isEmpty() && !asked.equals(annotations.path(KeyRequest.DONE).asText())) {
                listener.asked(new KeyRequest(asked));
                return;
            }
            String now = metadata.path("resourceVersion").asText();
            if (!version.isEmpty() && !now.equals(version)) {
                listener.changed();
            }
            version = now;
        } catch (KubernetesException | IllegalStateException e) {
            LOG.atError()
                    .addKeyValue("secret", metadata.path("name").asText())
                    .addKeyValue("reason", e.getMessage())
                    .log("a request about keys was not carried out; it is tried again later");
        }
    }

    @Override
    public void complete() {
        // One object: nothing to compare.
    }

    @Override
    public void gone(ObjectNode object) {
        LOG.atWarn()
                .addKeyValue("secret", object.path("metadata").path("name").asText())
                .log("the Secret with this service's keys is gone; a restart makes new ones");
    }
}
