package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one delivery when its lane runs.
 *
 * @param object the Kustomization; absent where there is none
 * @param latest the latest record of {@code sluice.revealed}; absent where there is none
 * @param applied what is in the cluster by the latest record of {@code sluice.applied}
 * @param standing how far this process has brought it; absent after a start
 * @param requestSeen when the present request was first seen
 * @param drifted whether someone changed objects since they were applied
 * @param unblocked whether a kind that it lacked is served since
 */
record Delivery(
        DeliveryId id,
        @Nullable Kustomization object,
        @Nullable Envelope<Event> latest,
        @Nullable DeliveryApplied applied,
        @Nullable Standing standing,
        Instant requestSeen,
        boolean drifted,
        boolean unblocked) {

    /**
     * What drift is put right from while nothing newer is in the cluster; null where that cannot be
     * known, or where the delivery has moved to another cluster since.
     */
    @Nullable DeliveryRevealed lastGood() {
        DeliveryRevealed from = applied == null ? null : applied.from();
        return from != null && object != null && sameTarget(from.spec(), object) ? from : null;
    }

    private static boolean sameTarget(JsonNode spec, Kustomization object) {
        JsonNode now = FluxJson.write(object.spec());
        return Stream.of("kubeConfig", "serviceAccountName")
                .allMatch(field -> spec.path(field).equals(now.path(field)));
    }

    /** The request that the status does not answer yet. */
    static @Nullable String openRequest(Kustomization object) {
        String asked = object.metadata().requestedAt();
        String handled = object.status() == null ? null : object.status().lastHandledReconcileAt();
        return asked == null || asked.isEmpty() || asked.equals(handled) ? null : asked;
    }
}
