package dev.sluice.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.SecretValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The objects of a deployment, as they were built: from the artifact store, by the digest that the
 * apply's event names. What is secret is shown as {@value SecretValues#SHOWN}: the data of Secrets,
 * and whatever SOPS has encrypted. What {@code postBuild} fills in stays as it was written, {@code
 * ${...}}.
 */
public final class Manifests {

    private static final String ENCRYPTED = "ENC[";
    private static final List<String> SECRET_FIELDS = List.of("data", "stringData");

    private final ArtifactStore store;

    private Manifests(ArtifactStore store) {
        this.store = store;
    }

    /**
     * @throws IOException where the data directory holds no store
     */
    public static Manifests in(Path data) throws IOException {
        Path artifacts = data.resolve("artifacts");
        if (!Files.isDirectory(artifacts)) {
            throw new IOException(
                    "there are no artifacts in "
                            + data
                            + ": name the data directory of the pipeline by --data");
        }
        return new Manifests(ArtifactStore.in(artifacts, Clock.systemUTC()));
    }

    /**
     * The objects of a deployment.
     *
     * @throws IOException where the store has them no more; the message says which digest
     */
    public List<KubernetesObject> of(Deployment deployment) throws IOException {
        DeliveryRevealed from = deployment.applied().from();
        BundleRef rendered = from == null ? null : from.rendered();
        if (rendered == null) {
            throw new IOException(
                    "the log does not say from which bundle " + deployment.delivery() + " came");
        }
        try {
            Bundle bundle =
                    Bundle.decode(store.get(new Digest(rendered.digest())), BundleLimits.DEFAULT);
            return bundle.objects().stream().map(Manifests::masked).toList();
        } catch (BundleFormatException e) {
            throw new IOException(
                    "the bundle " + rendered.digest() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A copy without secrets. */
    static KubernetesObject masked(KubernetesObject object) {
        KubernetesObject copy = object.copy();
        ObjectNode tree = copy.tree();
        if (copy.kind().equals("Secret") && copy.group().isEmpty()) {
            for (String field : SECRET_FIELDS) {
                if (tree.get(field) instanceof ObjectNode values) {
                    for (Map.Entry<String, JsonNode> entry : values.properties()) {
                        entry.setValue(TextNode.valueOf(SecretValues.SHOWN));
                    }
                }
            }
            // Whoever applied it by hand once left it here in plain.
            if (tree.path("metadata").get("annotations") instanceof ObjectNode annotations) {
                annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
            }
        }
        boolean encrypted = tree.path("sops").isObject();
        tree.remove(encrypted ? "sops" : "");
        maskEncrypted(tree);
        return copy;
    }

    private static void maskEncrypted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (isEncrypted(entry.getValue())) {
                    entry.setValue(TextNode.valueOf(SecretValues.SHOWN));
                } else {
                    maskEncrypted(entry.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isEncrypted(array.get(i))) {
                    array.set(i, TextNode.valueOf(SecretValues.SHOWN));
                } else {
                    maskEncrypted(array.get(i));
                }
            }
        }
    }

    private static boolean isEncrypted(JsonNode node) {
        return node.isTextual() && node.asText().startsWith(ENCRYPTED);
    }
}
