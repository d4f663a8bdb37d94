package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OnlyMovesOnTest {

    private static final DeliveryId SHOP = new DeliveryId("plant", "Kustomization", "team", "shop");
    private static final SourceRevision SOURCE =
            new SourceRevision(
                    new SourceId("plant", "GitRepository", "team", "src"),
                    "main",
                    null,
                    "sha256:0");

    @Test
    void aNewSourceSequenceAloneMovesARenderedDeliveryOn() {
        DeliveryRendered before = rendered(1, 10, "sha256:a", "read-1", null);

        assertThat(rendered(1, 11, "sha256:a", "read-1", null).onlyMovesOn(before)).isTrue();
        assertThat(rendered(2, 11, "sha256:a", "read-1", null).onlyMovesOn(before)).isFalse();
        assertThat(rendered(1, 11, "sha256:b", "read-1", null).onlyMovesOn(before)).isFalse();
        assertThat(rendered(1, 11, "sha256:a", "read-2", null).onlyMovesOn(before)).isFalse();
        assertThat(rendered(1, 11, "sha256:a", "read-1", "now").onlyMovesOn(before)).isFalse();
    }

    @Test
    void aNewSourceSequenceAloneMovesARevealedDeliveryOn() {
        DeliveryRevealed before = revealed(1, 10, "content-1", null);

        assertThat(revealed(1, 11, "content-1", null).onlyMovesOn(before)).isTrue();
        assertThat(revealed(2, 11, "content-1", null).onlyMovesOn(before)).isFalse();
        assertThat(revealed(1, 11, "content-2", null).onlyMovesOn(before)).isFalse();
        assertThat(revealed(1, 11, "content-1", "now").onlyMovesOn(before)).isFalse();
    }

    private static DeliveryRendered rendered(
            long generation,
            long source,
            String bundle,
            String readSet,
            @Nullable String requestedAt) {
        return new DeliveryRendered(
                SHOP,
                new Position("uid", generation, source, 0),
                SOURCE,
                JsonNodeFactory.instance.objectNode(),
                requestedAt,
                new BundleRef(bundle, 1),
                false,
                readSet);
    }

    private static DeliveryRevealed revealed(
            long generation, long source, String content, @Nullable String requestedAt) {
        return new DeliveryRevealed(
                SHOP,
                new Position("uid", generation, source, 0),
                SOURCE,
                JsonNodeFactory.instance.objectNode(),
                requestedAt,
                new BundleRef("sha256:a", 1),
                content,
                "inputs",
                "sha256:build",
                "signature");
    }
}
