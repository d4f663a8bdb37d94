package dev.sluice.sops.age;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bech32 as age uses it: no limit on length (post-quantum keys are long), all upper or all lower
 * case.
 */
final class Bech32 {
    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
    };
    private static final int CHECKSUM_LENGTH = 6;
    private static final int MAX_LENGTH = 8192;

    /** What a text held. */
    static final class Decoded {
        private final String prefix;
        private final byte[] data;

        private Decoded(String prefix, byte[] data) {
            this.prefix = prefix;
            this.data = data;
        }

        /** The part before the separator, in lower case. */
        String prefix() {
            return prefix;
        }

        byte[] data() {
            return data;
        }
    }

    private Bech32() {}

    static String encode(String prefix, byte[] data) {
        byte[] groups = regroup(data, 8, 5, true);
        if (groups == null) {
            throw new IllegalStateException("eight bits always regroup into five with padding");
        }
        byte[] checksum = checksum(prefix, groups);
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (byte group : groups) {
            text.append(CHARSET.charAt(group));
        }
        for (byte group : checksum) {
            text.append(CHARSET.charAt(group));
        }
        return text.toString();
    }

    static Decoded decode(String text) throws AgeException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH
                || (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT)))) {
            throw malformed("mixed case or too long");
        }
        int separator = lower.lastIndexOf('1');
        if (separator < 1 || separator + CHECKSUM_LENGTH >= lower.length()) {
            throw malformed("no separator");
        }
        String prefix = lower.substring(0, separator);
        byte[] groups = new byte[lower.length() - separator - 1];
        for (int i = 0; i < groups.length; i++) {
            int value = CHARSET.indexOf(lower.charAt(separator + 1 + i));
            if (value < 0) {
                throw malformed("character " + (separator + 2 + i) + " is not of the alphabet");
            }
            groups[i] = (byte) value;
        }
        if (polymod(prefix, groups) != 1) {
            throw malformed("the checksum does not fit: is a character wrong or missing?");
        }
        byte[] data = regroup(Arrays.copyOf(groups, groups.length - CHECKSUM_LENGTH), 5, 8, false);
        if (data == null) {
            throw malformed("bad padding");
        }
        return new Decoded(prefix, data);
    }

    private static AgeException malformed(String why) {
        return new AgeException(AgeException.Kind.KEY, "not a Bech32 text: " + why);
    }

    private static byte[] checksum(String prefix, byte[] groups) {
        int mod = polymod(prefix, Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH)) ^ 1;
        byte[] checksum = new byte[CHECKSUM_LENGTH];
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            checksum[i] = (byte) ((mod >> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31);
        }
        return checksum;
    }

    private static int polymod(String prefix, byte[] groups) {
        int check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        for (byte group : groups) {
            check = step(check, group);
        }
        return check;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = ((check & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >> i) & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }

    private static byte @Nullable [] regroup(byte[] from, int fromBits, int toBits, boolean pad) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        int mask = (1 << toBits) - 1;
        for (byte b : from) {
            held = ((held << fromBits) | (b & 0xff)) & 0xfffff;
            bits += fromBits;
            while (bits >= toBits) {
                bits -= toBits;
                to.write((held >> bits) & mask);
            }
        }
        if (pad) {
            if (bits > 0) {
                to.write((held << (toBits - bits)) & mask);
            }
        } else if (bits >= fromBits || ((held << (toBits - bits)) & mask) != 0) {
            return null;
        }
        return to.toByteArray();
    }
}
