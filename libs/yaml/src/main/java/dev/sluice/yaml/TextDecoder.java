package dev.sluice.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to characters, and the check that all characters are such as YAML allows. */
final class TextDecoder {
    private static final char BOM = '\uFEFF';

    private TextDecoder() {}

    /** UTF-8, or UTF-16 where a byte order mark says so. */
    static String decode(byte[] text) {
        Charset charset = StandardCharsets.UTF_8;
        int offset = 0;
        if (text.length >= 2 && text[0] == (byte) 0xFF && text[1] == (byte) 0xFE) {
            charset = StandardCharsets.UTF_16LE;
            offset = 2;
        } else if (text.length >= 2 && text[0] == (byte) 0xFE && text[1] == (byte) 0xFF) {
            charset = StandardCharsets.UTF_16BE;
            offset = 2;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text, offset, text.length - offset))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new YamlException(
                    charset.equals(StandardCharsets.UTF_8)
                            ? malformedUtf8(text)
                            : "incomplete UTF-16 character",
                    0);
        }
    }

    private static String malformedUtf8(byte[] text) {
        for (int i = 0; i < text.length; ) {
            int lead = text[i] & 0xFF;
            int width =
                    lead < 0x80
                            ? 1
                            : (lead & 0xE0) == 0xC0
                                    ? 2
                                    : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4 : 0;
            if (width == 0) {
                return "invalid leading UTF-8 octet";
            }
            if (i + width > text.length) {
                return "incomplete UTF-8 octet sequence";
            }
            for (int k = 1; k < width; k++) {
                if ((text[i + k] & 0xC0) != 0x80) {
                    return "invalid trailing UTF-8 octet";
                }
            }
            i += width;
        }
        return "invalid length of a UTF-8 sequence";
    }

    /** The text without a byte order mark. */
    static String check(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                throw new YamlException("control characters are not allowed", 0);
            }
        }
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    private static boolean isAllowed(char c) {
        if (c >= 0x20 && c <= 0x7E) {
            return true;
        }
        if (c < 0xA0) {
            return c == '\t' || c == '\n' || c == '\r' || c == 0x85;
        }
        return c <= 0xFFFD;
    }
}
