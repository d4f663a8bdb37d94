package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.GoJson;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash in the names of generated ConfigMaps and Secrets: over a JSON text of their data with an
 * empty name, in ten characters that hold no vowels and no digits that look like letters.
 */
final class ContentHash {

    private static final int LENGTH = 10;

    private ContentHash() {}

    static String of(Node object) throws BuildException {
        try {
            return encode(sha256(json(Untagged.settledCopy(object))));
        } catch (YamlException e) {
            throw new BuildException(e.getMessage(), e);
        }
    }

    private static String json(Node object) {
        return switch (Meta.kind(object)) {
            case "ConfigMap" -> configMap(object);
            case "Secret" -> secret(object);
            default -> GoJson.write(object);
        };
    }

    private static String configMap(Node object) {
        String binary = optional(object, "binaryData");
        return "{"
                + binary
                + "\"data\":"
                + value(object.get("data"))
                + ",\"kind\":\"ConfigMap\",\"name\":\"\"}";
    }

    private static String secret(Node object) {
        String strings = optional(object, "stringData");
        // Keys are sorted: stringData stands between name and type.
        String type = value(object.get("type"));
        return "{\"data\":"
                + value(object.get("data"))
                + ",\"kind\":\"Secret\",\"name\":\"\","
                + strings
                + "\"type\":"
                + type
                + "}";
    }

    private static String optional(Node object, String field) {
        Node value = object.get(field);
        return value != null && value.isMapping()
                ? "\"" + field + "\":" + GoJson.write(value) + ","
                : "";
    }

    private static String value(@Nullable Node node) {
        if (node == null) {
            return "\"\"";
        }
        return node.isScalar() ? GoJson.quote(node.value(), true) : GoJson.write(node);
    }

    private static String sha256(String json) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String encode(String hex) {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            char digit = hex.charAt(i);
            code.append(
                    switch (digit) {
                        case '0' -> 'g';
                        case '1' -> 'h';
                        case '3' -> 'k';
                        case 'a' -> 'm';
                        case 'e' -> 't';
                        default -> digit;
                    });
        }
        return code.toString();
    }
}
