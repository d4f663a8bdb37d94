/**
 * The content-addressed store of artifacts and bundles.
 *
 * <p>An <em>artifact</em> is a tree of files as a source held it at a revision: a deterministic
 * {@code tar.gz}, named by the digest of its bytes, with a manifest that gives each file's digest,
 * size and mode. Its files can be read one by one without unpacking the archive. An <em>object</em>
 * is a run of bytes named by its digest: a bundle, a read set.
 *
 * <p>The archive is the durable truth of an artifact. The files beside it are a cache of its
 * content, shared between artifacts; a file that is lost or damaged is restored from the archive.
 * Everything that is read is checked against its digest.
 *
 * <p>Where the bytes lie is behind one port, {@link dev.sluice.artifacts.BlobStore}: a directory
 * today.
 */
@NullMarked
package dev.sluice.artifacts;

import org.jspecify.annotations.NullMarked;
