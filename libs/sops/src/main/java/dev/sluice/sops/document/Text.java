package dev.sluice.sops.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A string: bytes that are mostly UTF-8 and need not be. */
public final class Text implements Leaf {
    private final byte[] bytes;

    private Text(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Text of(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the array over: the caller does not write to it any more. */
    public static Text of(byte[] bytes) {
        return new Text(bytes);
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The text; bytes that are no UTF-8 become replacement characters. */
    public String string() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Text of " + bytes.length + " bytes";
    }
}
