package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bodies of calls as JSON, and what registries say in theirs. */
final class Payloads {

    private static final int DEEPEST = 100;
    private static final ObjectMapper JSON = mapper();

    private Payloads() {}

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder().build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        return mapper;
    }

    /** The body, where it is a JSON object. */
    static ObjectNode object(byte[] body) throws RefusedException {
        try {
            JsonNode node = JSON.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new RefusedException("the body is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new RefusedException("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new RefusedException("the body can't be read");
        }
    }

    static void checkDockerHub(byte[] body) throws RefusedException {
        ObjectNode payload = object(body);
        JsonNode push = field(payload, "push_data", JsonNodeType.OBJECT);
        field(push, "tag", JsonNodeType.STRING);
        field(field(payload, "repository", JsonNodeType.OBJECT), "repo_url", JsonNodeType.STRING);
    }

    static void checkQuay(byte[] body) throws RefusedException {
        ObjectNode payload = object(body);
        field(payload, "docker_url", JsonNodeType.STRING);
        for (JsonNode tag : field(payload, "updated_tags", JsonNodeType.ARRAY)) {
            check("updated_tags", tag, JsonNodeType.STRING);
        }
    }

    static void checkAcr(byte[] body) throws RefusedException {
        ObjectNode payload = object(body);
        field(payload, "action", JsonNodeType.STRING);
        JsonNode target = field(payload, "target", JsonNodeType.OBJECT);
        field(target, "repository", JsonNodeType.STRING);
        field(target, "tag", JsonNodeType.STRING);
    }

    static void checkNexus(byte[] body) throws RefusedException {
        ObjectNode payload = object(body);
        field(payload, "action", JsonNodeType.STRING);
        field(payload, "repositoryName", JsonNodeType.STRING);
    }

    /** A message of Google's Pub/Sub with a registry's notification in it. */
    static void checkGcr(byte[] body) throws RefusedException {
        JsonNode message = field(object(body), "message", JsonNodeType.OBJECT);
        String data = field(message, "data", JsonNodeType.STRING).asText("");
        ObjectNode notification;
        try {
            notification =
                    object(Base64.getDecoder().decode(data.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("message.data is not in Base64");
        }
        for (String name : new String[] {"action", "digest", "tag"}) {
            field(notification, name, JsonNodeType.STRING);
        }
    }

    /** A field that may be absent or null, and else has this type. */
    private static JsonNode field(JsonNode object, String name, JsonNodeType type)
            throws RefusedException {
        JsonNode value = object.path(name);
        check(name, value, type);
        return value;
    }

    private static void check(String name, JsonNode value, JsonNodeType type)
            throws RefusedException {
        if (!value.isMissingNode() && !value.isNull() && value.getNodeType() != type) {
            throw new RefusedException(name + " has the wrong type");
        }
    }
}
