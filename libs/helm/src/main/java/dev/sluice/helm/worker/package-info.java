/**
 * The client of the Helm worker ({@code native/helm-worker}): a process for each identity, spoken
 * to in framed JSON by the schema in {@code schemas/helm-worker}, ended when it hangs and started
 * again when it is gone. Values and charts go through it and into no log.
 */
@NullMarked
package dev.sluice.helm.worker;

import org.jspecify.annotations.NullMarked;
