package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code metadata.managedFields}: which fields a manager owns. Whenever someone else
 * changes or removes a field, the API server takes it out of its owner's entry, so the digest of an
 * entry tells whether its owner's word still holds.
 *
 * @param operation {@code Apply} or {@code Update}
 * @param subresource empty for the object itself
 * @param time of the last change of the entry, to the second; {@link Instant#EPOCH} where none
 * @param fields the set in the server's form: {@code {"f:spec": {"f:replicas": {}}}}
 */
public record FieldOwner(
        String manager,
        String operation,
        String subresource,
        String apiVersion,
        Instant time,
        JsonNode fields) {

    static FieldOwner of(JsonNode entry) {
        JsonNode fields = entry.path("fieldsV1");
        return new FieldOwner(
                entry.path("manager").asText(),
                entry.path("operation").asText(),
                entry.path("subresource").asText(),
                entry.path("apiVersion").asText(),
                time(entry.path("time").asText()),
                fields.isMissingNode() ? JsonNodeFactory.instance.objectNode() : fields);
    }

    /** One entry with the fields of all, in an order that does not depend on theirs. */
    static FieldOwner union(String manager, List<FieldOwner> entries) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Instant time = Instant.EPOCH;
        for (FieldOwner entry : entries) {
            merge(fields, entry.fields);
            if (entry.manager.equals(manager) && entry.time.isAfter(time)) {
                time = entry.time;
            }
        }
        return new FieldOwner(manager, "", "", "", time, sorted(fields));
    }

    private static void merge(ObjectNode into, JsonNode set) {
        for (Map.Entry<String, JsonNode> e : set.properties()) {
            merge(into.withObjectProperty(e.getKey()), e.getValue());
        }
    }

    private static ObjectNode sorted(JsonNode set) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        set.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> all.set(e.getKey(), sorted(e.getValue())));
        return all;
    }

    public boolean applies(String name) {
        return manager.equals(name) && operation.equals("Apply") && subresource.isEmpty();
    }

    /** Digest of the field set, without the time. */
    public String digest() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(fields.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Every owned field as a path in jq's form, for example {@code .spec.replicas} or {@code
     * .spec.containers[name="web"].image}.
     */
    public List<String> paths() {
        List<String> all = new ArrayList<>();
        collect(fields, "", all);
        return all;
    }

    private static void collect(JsonNode set, String at, List<String> into) {
        boolean leaf = true;
        for (Map.Entry<String, JsonNode> e : set.properties()) {
            if (!e.getKey().equals(".")) {
                leaf = false;
                collect(e.getValue(), at + step(e.getKey()), into);
            }
        }
        if (leaf && !at.isEmpty()) {
            into.add(at);
        }
    }

    /** {@code f:} names a field, {@code k:} a list entry by its keys, {@code v:} one by value. */
    private static String step(String key) {
        String rest = key.length() > 2 ? key.substring(2) : key;
        return switch (key.isEmpty() ? ' ' : key.charAt(0)) {
            case 'f' ->
                    rest.indexOf('.') >= 0 || rest.indexOf('/') >= 0
                            ? "[" + rest + "]"
                            : "." + rest;
            case 'k' ->
                    '['
                            + rest.substring(1, rest.length() - 1)
                                    .replace("\":", "=")
                                    .replace("\"", "")
                            + ']';
            default -> '[' + rest + ']';
        };
    }

    private static Instant time(String text) {
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
