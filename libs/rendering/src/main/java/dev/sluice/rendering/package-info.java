/**
 * What a Flux Kustomization makes of a source's tree: its spec is laid over the folder's own
 * kustomization file, or over one that is made for the folder, and built.
 *
 * <p>{@link dev.sluice.rendering.KustomizationBuild} is the way in. The renderer uses it on the
 * files as they are in the source, the decryptor on decrypted ones, the command line on a folder.
 */
@NullMarked
package dev.sluice.rendering;

import org.jspecify.annotations.NullMarked;
