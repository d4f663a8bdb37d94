package dev.sluice.applier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Position;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.time.Instant;
import java.util.function.Consumer;

/** The shop's Kustomization and what happens to it, for tests. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final DeliveryId SHOP = id("shop");
    static final Position FIRST = new Position("uid-shop", 1, 1000, 0);
    static final Budget BUDGET =
            new Budget(GoDuration.parse("10m"), GoDuration.parse("5s"), GoDuration.parse("30s"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    static DeliveryId id(String name) {
        return new DeliveryId("plant", "Kustomization", "team", name);
    }

    static SourceRevision revision(String revision) {
        return new SourceRevision(
                new SourceId("plant", "GitRepository", "team", "src"), revision, null, "sha256:00");
    }

    static Attempt attempt(String revision) {
        return new Attempt(FIRST, revision(revision), null, BUDGET);
    }

    static Kustomization kustomization(String name) {
        return kustomization(name, _ -> {});
    }

    /** A Kustomization as the API server holds it, with changes to its tree. */
    static Kustomization kustomization(String name, Consumer<ObjectNode> change) {
        try {
            ObjectNode tree =
                    (ObjectNode)
                            JSON.readTree(
                                    """
                                    {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                                     "metadata": {"name": "%1$s", "namespace": "team", "uid": "uid-%1$s",
                                       "resourceVersion": "7", "generation": 1},
                                     "spec": {"interval": "10m", "retryInterval": "5s", "prune": true,
                                       "sourceRef": {"kind": "GitRepository", "name": "src"}},
                                     "status": {"observedGeneration": -1}}
                                    """
                                            .formatted(name));
            change.accept(tree);
            return FluxJson.read(tree, Kustomization.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException | MalformedObjectException e) {
            throw new IllegalStateException(e);
        }
    }
}
