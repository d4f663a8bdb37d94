package dev.sluice.sops.age;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The text header of an age file. */
final class Header {
    private static final String VERSION_LINE = "age-encryption.org/v1";
    private static final int BODY_COLUMNS = 64;
    private static final int MAX_LINE = 8192;
    private static final int MAX_STANZAS = 256;
    private static final int MAX_BODY_LINES = 64;
    private static final int MAC_LENGTH = 32;

    private final List<Stanza> stanzas;
    private final byte[] authenticated;
    private final byte[] mac;
    private final int length;

    private Header(List<Stanza> stanzas, byte[] authenticated, byte[] mac, int length) {
        this.stanzas = List.copyOf(stanzas);
        this.authenticated = authenticated;
        this.mac = mac;
        this.length = length;
    }

    /** How the file key was wrapped, in file order. */
    List<Stanza> stanzas() {
        return stanzas;
    }

    /** The bytes that the MAC covers: up to and including the three dashes. */
    byte[] authenticated() {
        return authenticated;
    }

    /** The 32 bytes behind the dashes. */
    byte[] mac() {
        return mac;
    }

    /** How many bytes of the file the header takes. */
    int length() {
        return length;
    }

    /** The bytes that the MAC of a header with these stanzas covers. */
    static byte[] authenticated(List<Stanza> stanzas) {
        StringBuilder text = new StringBuilder(VERSION_LINE).append('\n');
        for (Stanza stanza : stanzas) {
            text.append("-> ").append(stanza.type());
            stanza.arguments().forEach(argument -> text.append(' ').append(argument));
            text.append('\n');
            String body = base64(stanza.body());
            for (int at = 0; at <= body.length(); at += BODY_COLUMNS) {
                text.append(body, at, Math.min(body.length(), at + BODY_COLUMNS)).append('\n');
            }
        }
        return text.append("---").toString().getBytes(StandardCharsets.US_ASCII);
    }

    static Header parse(byte[] file) throws AgeException {
        Lines lines = new Lines(file);
        if (!lines.next().equals(VERSION_LINE)) {
            throw damaged("it does not begin with the line " + VERSION_LINE);
        }
        List<Stanza> stanzas = new ArrayList<>();
        while (true) {
            int start = lines.at;
            String line = lines.next();
            if (line.startsWith("--- ")) {
                byte[] mac = unbase64(line.substring(4));
                if (mac.length != MAC_LENGTH) {
                    throw damaged("the header's MAC has a wrong length");
                }
                return new Header(stanzas, Arrays.copyOf(file, start + 3), mac, lines.at);
            }
            if (stanzas.size() == MAX_STANZAS) {
                throw damaged("more than " + MAX_STANZAS + " recipient stanzas");
            }
            stanzas.add(stanza(line, lines));
        }
    }

    private static Stanza stanza(String line, Lines lines) throws AgeException {
        if (!line.startsWith("-> ")) {
            throw damaged("a recipient stanza was expected in the header");
        }
        List<String> words = List.of(line.substring(3).split(" ", -1));
        if (words.contains("")) {
            throw damaged("an empty argument in a recipient stanza");
        }
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < MAX_BODY_LINES; i++) {
            String part = lines.next();
            if (part.length() > BODY_COLUMNS) {
                throw damaged("a line of a recipient stanza is too long");
            }
            body.append(part);
            if (part.length() < BODY_COLUMNS) {
                return new Stanza(
                        words.getFirst(),
                        words.subList(1, words.size()),
                        unbase64(body.toString()));
            }
        }
        throw damaged("a recipient stanza is too long");
    }

    /** Base64 without padding, as everywhere in a header. */
    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] unbase64(String text) throws AgeException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with texts that decode but are not canonical.
        }
        throw damaged("the header holds something that is not canonical Base64");
    }

    private static AgeException damaged(String why) {
        return new AgeException(AgeException.Kind.DAMAGED, "not an age file: " + why);
    }

    /** Reads line by line; only newline ends a line, and only printable ASCII is allowed. */
    private static final class Lines {
        private final byte[] file;
        private int at;

        private Lines(byte[] file) {
            this.file = file;
        }

        private String next() throws AgeException {
            for (int end = at; end < file.length && end - at <= MAX_LINE; end++) {
                if (file[end] == '\n') {
                    String line = new String(file, at, end - at, StandardCharsets.US_ASCII);
                    at = end + 1;
                    return line;
                }
                if (file[end] < 0x20 || file[end] > 0x7e) {
                    break;
                }
            }
            throw damaged("the header ends early or holds a line that is not text");
        }
    }
}
