/** SOPS files: decryption and encryption. */
@NullMarked
package dev.sluice.sops;

import org.jspecify.annotations.NullMarked;
