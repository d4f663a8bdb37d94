package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.manifests.KeyedDigest;
import java.util.List;
import java.util.Map;

/**
 * Digest of all that decides what is revealed: the rendered bundle (the artifact, where it is built
 * again), the parts of the spec that count here, the versions of the named objects, and the reader
 * of the sealed bundle. The same digest gives the same result.
 */
final class RevealInputs {

    private static final List<String> FIELDS = List.of("decryption", "postBuild", "valuesFrom");

    private RevealInputs() {}

    static String digest(
            KeyedDigest digest,
            DeliveryRendered rendered,
            Map<NamedObject, String> versions,
            String recipient) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.put("bundle", rendered.bundle().digest());
        inputs.put("recipient", recipient);
        if (rendered.needsKeys()) {
            inputs.put("artifact", rendered.source().digest());
        }
        for (String field : FIELDS) {
            JsonNode part = rendered.spec().get(field);
            if (part != null) {
                inputs.set(field, part);
            }
        }
        ObjectNode named = inputs.putObject("named");
        versions.forEach((object, version) -> named.put(object.display(), version));
        return digest.of(inputs);
    }
}
