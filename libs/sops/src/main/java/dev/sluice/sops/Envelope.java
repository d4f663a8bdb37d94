package dev.sluice.sops;

import dev.sluice.sops.document.Comment;
import dev.sluice.sops.document.Flag;
import dev.sluice.sops.document.Leaf;
import dev.sluice.sops.document.Moment;
import dev.sluice.sops.document.Nothing;
import dev.sluice.sops.document.Real;
import dev.sluice.sops.document.Scalars;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Whole;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One encrypted value as it stands in a file: <code>
 * ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]</code>. The fields but {@code type} are Base64.
 *
 * @param data the ciphertext
 * @param iv the nonce; SOPS writes 32 bytes, any length is read
 * @param tag 16 bytes
 * @param type what the plaintext is; neither encrypted nor authenticated
 */
record Envelope(String data, String iv, String tag, String type) {
    private static final String BEGIN = "ENC[AES256_GCM,data:";
    private static final int IV_LENGTH = 32;
    private static final int TAG_LENGTH = 16;

    /**
     * Reads an envelope; text behind its last bracket is ignored, as SOPS does. Empty when the text
     * is none.
     */
    static Optional<Envelope> parse(String text) {
        if (!text.startsWith(BEGIN)) {
            return Optional.empty();
        }
        int lineEnd = text.indexOf('\n');
        int end = text.lastIndexOf(']', lineEnd < 0 ? text.length() : lineEnd);
        int type = text.lastIndexOf(",type:", end);
        int tag = text.lastIndexOf(",tag:", type);
        int iv = text.lastIndexOf(",iv:", tag);
        if (iv <= BEGIN.length() || tag <= iv + 4 || type <= tag + 5 || end <= type + 6) {
            return Optional.empty();
        }
        return Optional.of(
                new Envelope(
                        text.substring(BEGIN.length(), iv),
                        text.substring(iv + 4, tag),
                        text.substring(tag + 5, type),
                        text.substring(type + 6, end)));
    }

    /** Whether the whole text is one envelope: what must never reach a cluster. */
    static boolean isWhole(String text) {
        return text.startsWith(BEGIN) && text.endsWith("]") && parse(text).isPresent();
    }

    boolean isComment() {
        return type.equals("comment");
    }

    /**
     * Decrypts.
     *
     * @param key 32 bytes
     * @param place what authenticates the place of the value
     * @param shown the place for messages
     */
    Leaf open(byte[] key, String place, String shown) throws SopsException {
        byte[] plaintext;
        try {
            byte[] sealedBytes = unbase64("data", data, shown);
            byte[] tagBytes = unbase64("tag", tag, shown);
            byte[] ivBytes = unbase64("iv", iv, shown);
            if (tagBytes.length != TAG_LENGTH) {
                throw malformed(
                        "has a tag of " + tagBytes.length + " bytes, not " + TAG_LENGTH, shown);
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, ivBytes, place);
            byte[] joined = Arrays.copyOf(sealedBytes, sealedBytes.length + TAG_LENGTH);
            System.arraycopy(tagBytes, 0, joined, sealedBytes.length, TAG_LENGTH);
            plaintext = cipher.doFinal(joined);
        } catch (AEADBadTagException e) {
            throw new SopsException(
                    SopsException.Kind.VALUE,
                    "the value at "
                            + named(shown)
                            + " is not what was encrypted there: it was changed, moved or renamed, or belongs to another data key",
                    shown);
        } catch (GeneralSecurityException e) {
            throw malformed("cannot be decrypted", shown);
        }
        return typed(plaintext, shown);
    }

    private Leaf typed(byte[] plaintext, String shown) throws SopsException {
        String text = new String(plaintext, StandardCharsets.UTF_8);
        return switch (type) {
            case "str", "bytes" -> Text.of(plaintext);
            case "comment" -> new Comment(text);
            case "int" ->
                    new Whole(
                            Numbers.integer(text)
                                    .orElseThrow(() ->
                                            malformed("is marked as int and is none", shown)));
            case "float" ->
                    new Real(
                            Numbers.real(text)
                                    .orElseThrow(() ->
                                            malformed("is marked as float and is none", shown)));
            case "bool" ->
                    new Flag(
                            Numbers.flag(text)
                                    .orElseThrow(() ->
                                            malformed("is marked as bool and is none", shown)));
            case "time" ->
                    Moment.parse(text)
                            .orElseThrow(() -> malformed("is marked as time and is none", shown));
            default -> throw malformed("has an unknown type", shown);
        };
    }

    /** Encrypts a value that is neither null nor an empty text; those stay as they are. */
    static String seal(Leaf value, byte[] key, String place, SecureRandom random) {
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, iv, place).doFinal(bytes(value));
            int length = sealed.length - TAG_LENGTH;
            Base64.Encoder base64 = Base64.getEncoder();
            return BEGIN
                    + base64.encodeToString(Arrays.copyOf(sealed, length))
                    + ",iv:"
                    + base64.encodeToString(iv)
                    + ",tag:"
                    + base64.encodeToString(Arrays.copyOfRange(sealed, length, sealed.length))
                    + ",type:"
                    + type(value)
                    + ']';
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has AES-GCM", e);
        }
    }

    private static String type(Leaf value) {
        return switch (value) {
            case Text text -> "str";
            case Whole whole -> "int";
            case Real real -> "float";
            case Flag flag -> "bool";
            case Moment moment -> "time";
            case Comment comment -> "comment";
            case Nothing nothing -> throw new IllegalArgumentException("null is never encrypted");
        };
    }

    /** The bytes that are encrypted, and that the checksum is computed over. */
    static byte[] bytes(Leaf value) {
        return switch (value) {
            case Text text -> text.bytes();
            case Whole whole -> ascii(Long.toString(whole.value()));
            case Real real -> ascii(Scalars.plain(real.value()));
            case Flag flag -> ascii(flag.value() ? "True" : "False");
            case Moment moment -> ascii(moment.rfc3339());
            case Comment comment -> comment.text().getBytes(StandardCharsets.UTF_8);
            case Nothing nothing -> new byte[0];
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] iv, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * 8, iv));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] unbase64(String field, String text, String shown) throws SopsException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("has a field '" + field + "' that is not Base64", shown);
        }
    }

    private static SopsException malformed(String what, String shown) {
        return new SopsException(
                SopsException.Kind.VALUE, "the value at " + named(shown) + ' ' + what, shown);
    }

    private static String named(String shown) {
        return shown.isEmpty() ? "the top" : shown;
    }

    @Override
    public String toString() {
        return "Envelope of type " + type;
    }
}
