package dev.sluice.cli.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads private keys as kubeconfigs hold them: PKCS #8, or the older forms for RSA (PKCS #1) and
 * for elliptic curves (SEC 1), which are wrapped in PKCS #8 since the JDK reads nothing else.
 */
final class PrivateKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
    private static final byte[] EC = hex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeys() {}

    static PrivateKey parse(byte[] pem) throws GeneralSecurityException {
        Matcher block = PEM.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new InvalidKeySpecException("the client key is not a private key in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        byte[] wrapped =
                switch (block.group(1)) {
                    case "RSA PRIVATE KEY" -> wrap(RSA, der);
                    case "EC PRIVATE KEY" -> wrap(element(SEQUENCE, EC, curve(der)), der);
                    default -> der;
                };
        var spec = new PKCS8EncodedKeySpec(wrapped);
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Of another kind.
            }
        }
        throw new InvalidKeySpecException(
                "the client key is neither RSA, nor of an elliptic curve, nor Ed25519");
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTETS, key));
    }

    /** The name of the curve, which SEC 1 keeps in the key's optional element 0. */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        int at = content(der, 0);
        while (at < der.length) {
            int start = content(der, at);
            int end = start + length(der, at);
            if (end > der.length) {
                break;
            }
            if ((der[at] & 0xff) == PARAMETERS) {
                return Arrays.copyOfRange(der, start, end);
            }
            at = end;
        }
        throw new InvalidKeySpecException("the client key does not name its curve");
    }

    private static int content(byte[] der, int at) throws InvalidKeySpecException {
        checkBounds(der, at);
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) throws InvalidKeySpecException {
        checkBounds(der, at);
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f) && i < 3 && at + 2 + i < der.length; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static void checkBounds(byte[] der, int at) throws InvalidKeySpecException {
        if (at + 1 >= der.length) {
            throw new InvalidKeySpecException("the client key is cut off");
        }
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else if (length < 0x100) {
            element.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            element.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
