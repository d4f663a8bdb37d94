package dev.sluice.sops.age;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The text form of an age file: strict PEM with the label {@code AGE ENCRYPTED FILE}, 64 columns,
 * one trailing newline.
 */
final class Armor {
    private static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String END = "-----END AGE ENCRYPTED FILE-----";
    private static final int COLUMNS = 64;

    private Armor() {}

    static boolean isArmored(byte[] file) {
        return new String(file, 0, Math.min(file.length, 256), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith(BEGIN);
    }

    static byte[] encode(byte[] file) {
        Base64.Encoder encoder = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});
        return (BEGIN + '\n' + encoder.encodeToString(file) + '\n' + END + '\n')
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] decode(byte[] armored) throws AgeException {
        String text =
                new String(armored, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").strip();
        if (!text.startsWith(BEGIN + '\n')
                || !text.endsWith('\n' + END)
                || text.length() < BEGIN.length() + END.length() + 2) {
            throw damaged("begin or end line is missing");
        }
        String[] lines =
                text.substring(BEGIN.length() + 1, text.length() - END.length() - 1)
                        .split("\n", -1);
        StringBuilder base64 = new StringBuilder(text.length());
        for (int i = 0; i < lines.length; i++) {
            boolean last = i == lines.length - 1;
            if (last ? lines[i].length() > COLUMNS : lines[i].length() != COLUMNS) {
                throw damaged("line " + (i + 2) + " has a wrong length");
            }
            base64.append(lines[i]);
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(base64.toString());
            if (base64.length() % 4 != 0
                    || !Base64.getEncoder().encodeToString(decoded).contentEquals(base64)) {
                throw damaged("it is not canonical Base64");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw damaged("it is not Base64");
        }
    }

    private static AgeException damaged(String why) {
        return new AgeException(
                AgeException.Kind.DAMAGED, "the armor of the age file is damaged: " + why);
    }
}
