/**
 * {@code delivery.rendered} in, {@code delivery.revealed} out: decrypted, variables filled in,
 * sealed to the applier and signed.
 *
 * <p>{@link dev.sluice.decryptor.DecryptorFlow} is the story. This service sees keys and secrets:
 * what is in clear lives in memory for one run, and nothing of it reaches a log, an error, an event
 * or a file. In the cluster it touches the Secrets and ConfigMaps that deliveries name, and its own
 * keys.
 */
@NullMarked
package dev.sluice.decryptor;

import org.jspecify.annotations.NullMarked;
