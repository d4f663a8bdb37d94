package dev.sluice.decryptor;

import dev.sluice.events.DeliveryId;
import java.util.function.Consumer;

/**
 * Whom to tell of changes.
 *
 * @param one a delivery whose inputs changed
 * @param all the reader of all bundles is another, or the key that signs
 */
record Wake(Consumer<DeliveryId> one, Runnable all) {}
