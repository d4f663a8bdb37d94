package dev.sluice.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * A Kustomization or HelmRelease as the cluster has it, without its status.
 *
 * @param spec whole, as it was read
 * @param source what the delivery is made from
 * @param requestedAt value of the annotation {@code reconcile.fluxcd.io/requestedAt}
 * @param held suspended, or about to be deleted: nothing is rendered for it
 */
record WantedDelivery(
        DeliveryId id,
        String uid,
        long generation,
        JsonNode spec,
        SourceId source,
        @Nullable String requestedAt,
        boolean held) {}
