/**
 * Signatures of commits and tags, checked against the public keys of a Secret: PGP by Bouncy
 * Castle, ssh by the ssh library. Takes bytes and returns the key that signed, or says why none
 * did.
 */
@NullMarked
package dev.sluice.fetcher.verify;

import org.jspecify.annotations.NullMarked;
