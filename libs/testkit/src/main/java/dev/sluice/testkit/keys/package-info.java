/** Key services of the clouds and of Vault, on this machine. */
@NullMarked
package dev.sluice.testkit.keys;

import org.jspecify.annotations.NullMarked;
