/**
 * How revealed bundles travel: sealed to the applier, signed by the decryptor.
 *
 * <p>Whoever may write to the topic of revealed bundles would own the fleet; so the applier
 * verifies a signature over all that it acts on before it opens a bundle.
 */
@NullMarked
package dev.sluice.manifests.sealing;

import org.jspecify.annotations.NullMarked;
