/**
 * The kinds that say where content comes from: Git, OCI, Helm and S3, and what is cut out of them.
 */
@NullMarked
package dev.sluice.fluxapi.source;

import org.jspecify.annotations.NullMarked;
