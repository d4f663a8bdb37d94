package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Position;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rendered deliveries for tests. */
final class Deliveries {

    static final String NAMESPACE = "team";
    static final DeliveryId ID = new DeliveryId("plant", "Kustomization", NAMESPACE, "app");

    private static final String SPEC =
            """
            interval: 10m
            retryInterval: 2m
            prune: true
            sourceRef: {kind: GitRepository, name: src}
            """;

    private final ArtifactStore store;

    Deliveries(ArtifactStore store) {
        this.store = store;
    }

    /**
     * A delivery of these objects.
     *
     * @param spec further fields of the spec, as YAML
     */
    DeliveryRendered rendered(
            long source, String spec, @Nullable String requestedAt, String... manifests)
            throws Exception {
        List<KubernetesObject> objects = new ArrayList<>();
        for (String manifest : manifests) {
            objects.add(ObjectText.parse(manifest));
        }
        byte[] bundle = new Bundle(objects).encode();
        return new DeliveryRendered(
                ID,
                new Position("uid", 1, source, 0),
                new SourceRevision(
                        new SourceId("plant", "GitRepository", NAMESPACE, "src"),
                        "main@" + source,
                        null,
                        "sha256:" + source),
                spec(spec),
                requestedAt,
                new BundleRef(store.put(bundle).value(), bundle.length),
                false,
                null);
    }

    static ObjectNode spec(String fields) {
        return JsonTrees.toObject(YamlReader.MANIFEST.read(SPEC + fields));
    }

    static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  v: \"%s\"\n"
                .formatted(name, value);
    }

    static String secret(String name, String value) {
        return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\nstringData:\n  word: \"%s\"\n"
                .formatted(name, value);
    }
}
