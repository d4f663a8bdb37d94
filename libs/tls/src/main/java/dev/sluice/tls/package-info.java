/**
 * Certificates and keys in PEM, as Secrets hold them, for the clients of the fetcher and the
 * notifier. What cannot be used is told without its content.
 */
@NullMarked
package dev.sluice.tls;

import org.jspecify.annotations.NullMarked;
