/**
 * Receivers: webhooks that ask for reconciliations. A call is taken on a port of its own, checked
 * against the Receiver's token before anything in it is looked at, and then only a hint: what the
 * Receiver lists gets the annotation that asks for a reconciliation, and looks for itself.
 */
@NullMarked
package dev.sluice.fetcher.webhook;

import org.jspecify.annotations.NullMarked;
