/**
 * Talking to remotes over HTTP, and to hosts at all: how many connections at a time, how long, with
 * which certificates and through which proxy, and when to leave a host alone that does not answer.
 */
@NullMarked
package dev.sluice.fetcher.http;

import org.jspecify.annotations.NullMarked;
