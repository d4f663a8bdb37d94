package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Style;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes the data of ConfigMaps and Secrets. */
public final class DataFields {

    private static final int BASE64_LINE = 70;

    private DataFields() {}

    /**
     * Adds to a ConfigMap: what is UTF-8 to {@code data}, all else as base64 to {@code binaryData}.
     */
    public static void addToConfigMap(Node configMap, SortedMap<String, byte[]> values) {
        values.forEach((key, bytes) -> {
            String text = utf8(bytes);
            if (text == null) {
                put(mapping(configMap, "binaryData"), key, base64(bytes));
            } else {
                put(mapping(configMap, "data"), key, text);
            }
        });
    }

    /**
     * Adds to a Secret's {@code data}, everything as base64; the field is there even where there is
     * nothing to add.
     */
    public static void addToSecret(Node secret, SortedMap<String, byte[]> values) {
        Node data = mapping(secret, "data");
        values.forEach((key, bytes) -> put(data, key, base64(bytes)));
    }

    /** A field's keys and texts; empty where the field is missing or null. */
    static Map<String, String> texts(Node object, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        Node map = object.get(field);
        if (map != null && map.isMapping()) {
            map.entries()
                    .forEach(entry ->
                            texts.put(
                                    entry.key().value(),
                                    entry.value().isNull() ? "" : entry.value().value()));
        }
        return texts;
    }

    /** Replaces a field by texts, sorted by key; the field goes where there are none. */
    static void setTexts(Node object, String field, Map<String, String> texts) {
        object.remove(field);
        if (!texts.isEmpty()) {
            Node map = mapping(object, field);
            new TreeMap<>(texts).forEach((key, text) -> put(map, key, text));
        }
    }

    /**
     * A Secret's data with its {@code stringData} encoded into it, which wins where both have a
     * key.
     *
     * @throws BuildException where a value of {@code stringData} is no scalar
     */
    static Map<String, String> secretTexts(Node secret) throws BuildException {
        Map<String, String> texts = texts(secret, "data");
        Node stringData = secret.get("stringData");
        if (stringData != null && stringData.isMapping()) {
            for (var entry : stringData.entries()) {
                if (entry.value().kind() != Kind.SCALAR) {
                    throw new BuildException(
                            "failed to normalize stringData: read stringData: stringData value for key \""
                                    + entry.name()
                                    + "\" must be a scalar");
                }
                String text = entry.value().isNull() ? "" : entry.value().value();
                texts.put(entry.name(), base64(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }

    private static Node mapping(Node object, String field) {
        Node found = object.get(field);
        if (found == null) {
            found = Node.mapping();
            object.add(Node.plain(field)).add(found);
        }
        return found;
    }

    private static void put(Node map, String key, String text) {
        Node value = Node.string(text);
        if (text.indexOf('\n') >= 0) {
            value.setStyle(Style.LITERAL);
        }
        int index = map.indexOfKey(key);
        if (index >= 0) {
            map.mutableContent().set(index + 1, value);
        } else {
            map.add(Node.plain(key)).add(value);
        }
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Base64 in lines of 70 characters, each ended by a newline, where one line is not enough. */
    private static String base64(byte[] bytes) {
        String encoded = Base64.getEncoder().encodeToString(bytes);
        if (encoded.length() < BASE64_LINE) {
            return encoded;
        }
        StringBuilder lines =
                new StringBuilder(encoded.length() + encoded.length() / BASE64_LINE + 1);
        for (int start = 0; start < encoded.length(); start += BASE64_LINE) {
            lines.append(encoded, start, Math.min(start + BASE64_LINE, encoded.length()))
                    .append('\n');
        }
        return lines.toString();
    }
}
