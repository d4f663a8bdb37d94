package dev.sluice.decryptor;

import dev.sluice.events.DeliveryRendered;
import java.time.Duration;

/** A rendered delivery with its spec read. */
sealed interface Wanted permits RevealRequest, HelmRequest {

    DeliveryRendered rendered();

    /** How long to wait after a failure that may pass. */
    Duration retryInterval();
}
