/**
 * SOPS files: decryption and encryption of YAML, JSON, dotenv, INI and binary files and of
 * Kubernetes objects.
 *
 * <p>{@link dev.sluice.sops.Sops} opens what is encrypted, {@link dev.sluice.sops.SopsWriter}
 * encrypts and changes recipients, {@link dev.sluice.sops.KeyRing} holds the keys. Keys come from
 * arguments alone, never from the environment, a home directory or another program. Input is
 * untrusted: it is bounded ({@link dev.sluice.sops.Limits}), and its failures are {@link
 * dev.sluice.sops.SopsException}s that show no value. The format is that of SOPS 3.13.
 */
@NullMarked
package dev.sluice.sops;

import org.jspecify.annotations.NullMarked;
