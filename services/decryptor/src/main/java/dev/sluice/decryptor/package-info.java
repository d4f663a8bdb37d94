/** Delivery.rendered in, delivery.revealed out: decrypted, substituted, sealed and signed. */
@NullMarked
package dev.sluice.decryptor;

import org.jspecify.annotations.NullMarked;
