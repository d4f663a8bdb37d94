package dev.sluice.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes objects that are encrypted: the whole object by a {@code sops} stanza, or entries of a
 * Secret's {@code data} that are SOPS files themselves. This is what happens after a build, where
 * Flux does it as well.
 *
 * <p>The checksum can not fit an object that went through a build, so callers pass {@link
 * DecryptOptions#WITHOUT_MAC}, as Flux never compares it. A file as it lies in Git can be verified
 * before the build with {@link Sops}.
 */
public final class SopsObjects {
    private static final String DISABLED_ANNOTATION = "kustomize.toolkit.fluxcd.io/decrypt";

    private SopsObjects() {}

    /**
     * Whether there is anything in the object that {@link #decrypt} would decrypt; an object that
     * opted out has nothing.
     */
    public static boolean isEncrypted(ObjectNode object) {
        return !isDisabled(object) && (hasStanza(object) || !encryptedEntries(object).isEmpty());
    }

    /** Whether the whole object is encrypted, with or without opting out. */
    public static boolean hasStanza(ObjectNode object) {
        return object.path("sops") instanceof ObjectNode sops
                && (sops.hasNonNull("mac") || sops.hasNonNull("lastmodified"));
    }

    /**
     * Whether the object opted out by the annotation {@code kustomize.toolkit.fluxcd.io/decrypt:
     * disabled}.
     */
    public static boolean isDisabled(ObjectNode object) {
        return object.path("metadata")
                .path("annotations")
                .path(DISABLED_ANNOTATION)
                .asText()
                .equalsIgnoreCase("disabled");
    }

    /**
     * The object in clear; the same instance when there is nothing to decrypt. The input is not
     * changed.
     *
     * @throws SopsException when it cannot be decrypted; {@link SopsException#path} is the path
     *     within the object
     */
    public static ObjectNode decrypt(ObjectNode object, KeyRing keys, DecryptOptions options)
            throws SopsException {
        if (isDisabled(object)) {
            return object;
        }
        if (hasStanza(object)) {
            return ObjectTrees.object(
                    Sops.decrypt(
                                    List.of(
                                            ObjectTrees.branch(
                                                    object, options.limits().maxDepth())),
                                    keys,
                                    options)
                            .getFirst());
        }
        Map<String, Format> entries = encryptedEntries(object);
        if (entries.isEmpty()) {
            return object;
        }
        ObjectNode clear = object.deepCopy();
        ObjectNode data = (ObjectNode) clear.path("data");
        for (Map.Entry<String, Format> entry : entries.entrySet()) {
            data.put(
                    entry.getKey(),
                    decryptEntry(
                            entry.getKey(),
                            entry.getValue(),
                            data.path(entry.getKey()).asText(),
                            keys,
                            options));
        }
        return clear;
    }

    private static String decryptEntry(
            String name, Format in, String base64, KeyRing keys, DecryptOptions options)
            throws SopsException {
        byte[] content = Base64.getMimeDecoder().decode(base64);
        Format out = Format.ofEntry(name);
        try {
            return Base64.getEncoder()
                    .encodeToString(Sops.decrypt(content, in, out, keys, options));
        } catch (SopsException e) {
            throw new SopsException(
                    e.kind(),
                    "entry " + name + " of the Secret: " + e.getMessage(),
                    "data." + name,
                    e.recipients());
        }
    }

    /**
     * The entries of a Secret that are SOPS files, each with the format that it is encrypted in.
     */
    private static Map<String, Format> encryptedEntries(ObjectNode object) {
        Map<String, Format> entries = new LinkedHashMap<>();
        if (!object.path("kind").asText().equals("Secret")
                || !object.path("apiVersion").asText().equals("v1")) {
            return entries;
        }
        for (var entry : object.path("data").properties()) {
            decoded(entry.getValue())
                    .flatMap(content -> formatOf(entry.getKey(), content))
                    .ifPresent(format -> entries.put(entry.getKey(), format));
        }
        return entries;
    }

    /** A binary file looks like JSON; only the name can tell that its one value is the file. */
    private static Optional<Format> formatOf(String name, byte[] content) {
        return Sops.detect(content)
                .map(format ->
                        format == Format.JSON && Format.ofEntry(name) == Format.BINARY
                                ? Format.BINARY
                                : format);
    }

    private static Optional<byte[]> decoded(JsonNode value) {
        try {
            return value.isTextual()
                    ? Optional.of(
                            Base64.getMimeDecoder()
                                    .decode(value.textValue().getBytes(StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Where an object still holds ciphertext after all was decrypted: the path of each value that
     * is an encrypted value as a whole, and {@code sops} for metadata. Such an object must not be
     * applied, of whatever kind it is; Flux stops encrypted Secrets alone.
     */
    public static List<String> ciphertextIn(ObjectNode object) {
        List<String> paths = new ArrayList<>();
        if (hasStanza(object)) {
            paths.add("sops");
        }
        collect(object, "", paths);
        return List.copyOf(paths);
    }

    private static void collect(JsonNode node, String path, List<String> paths) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field ->
                            collect(
                                    field.getValue(),
                                    path.isEmpty() ? field.getKey() : path + '.' + field.getKey(),
                                    paths));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + '[' + i + ']', paths);
            }
        } else if (node.isTextual()
                && Envelope.isWhole(node.textValue())
                && !path.startsWith("sops.")) {
            paths.add(path);
        }
    }
}
