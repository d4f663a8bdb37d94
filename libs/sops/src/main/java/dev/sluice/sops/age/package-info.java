/**
 * The age file format, version 1: whole byte arrays in and out, native X25519 and hybrid
 * post-quantum keys, and SSH keys.
 *
 * <p>This package knows nothing of SOPS. Plugins (identities and recipients that need another
 * program) are refused: nothing here starts a process, reads the environment or touches a file.
 * What is read may come from anyone, so header and stanza sizes are bounded and every failure is an
 * {@link dev.sluice.sops.age.AgeException} whose text holds no key and no plaintext.
 */
@NullMarked
package dev.sluice.sops.age;

import org.jspecify.annotations.NullMarked;
