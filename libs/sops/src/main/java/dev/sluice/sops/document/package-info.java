/**
 * Files of the five formats as ordered trees of typed values, and back.
 *
 * <p>The tree is SOPS's own model: what a checksum or a path is computed over depends on the order
 * of entries, on the type that a format gives to a scalar and on where a comment stands, so each of
 * these is kept and nothing else is (styles and anchors are not). A text is bytes, not characters.
 * Nothing here knows of keys or ciphers, and no {@code toString} and no message shows a value.
 */
@NullMarked
package dev.sluice.sops.document;

import org.jspecify.annotations.NullMarked;
