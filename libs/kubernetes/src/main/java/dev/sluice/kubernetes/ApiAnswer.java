package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A successful answer.
 *
 * @param code HTTP status: 201 where an apply created
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per answer would be waste
public record ApiAnswer(int code, byte[] body) {

    static final ObjectMapper JSON = new ObjectMapper();

    public boolean created() {
        return code == 201;
    }

    public ObjectNode object() throws KubernetesException {
        if (read() instanceof ObjectNode object) {
            return object;
        }
        throw new KubernetesException(
                KubernetesFailure.unreachable("the API server's answer is no JSON object"));
    }

    public ObjectMeta metadata() throws KubernetesException {
        return ObjectMeta.of(object().path("metadata"));
    }

    private JsonNode read() throws KubernetesException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new KubernetesException(
                    KubernetesFailure.unreachable("the API server's answer cannot be read"));
        }
    }
}
