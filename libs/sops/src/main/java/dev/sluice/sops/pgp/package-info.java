/**
 * OpenPGP messages to and from keys given as text, by Bouncy Castle: no {@code gpg} process, no
 * keyring, no home directory.
 *
 * <p>Only what wrapping a data key needs: a short message encrypted to a public key. Signatures on
 * keys are not judged: whoever hands a key over vouches for it. A message that is not integrity
 * protected is refused.
 */
@NullMarked
package dev.sluice.sops.pgp;

import org.jspecify.annotations.NullMarked;
