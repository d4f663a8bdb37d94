package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * As whom a NATS server is told: by a credentials file, a key, or a name and a password, in this
 * order.
 */
sealed interface NatsIdentity {

    /**
     * Adds the proof to the options of the connection.
     *
     * @param nonce that the server wants signed
     */
    void prove(ObjectNode options, String nonce) throws GeneralSecurityException;

    static NatsIdentity of(Access access, @Nullable String userInfo)
            throws GeneralSecurityException {
        byte[] credentials = access.secret().get("creds");
        if (credentials != null) {
            String text = new String(credentials, StandardCharsets.UTF_8);
            return new Key(Key.seed(Key.part(text, "NKEY SEED")), Key.part(text, "JWT"));
        }
        byte[] seed = access.secret().get("nkey");
        if (seed != null) {
            return new Key(Key.seed(new String(seed, StandardCharsets.UTF_8).strip()), "");
        }
        if (!access.username().isEmpty() && !access.password().isEmpty()) {
            return new User(access.username(), access.password());
        }
        if (userInfo != null && userInfo.contains(":")) {
            String[] parts = userInfo.split(":", 2);
            return new User(parts[0], parts[1]);
        }
        return new Nobody();
    }

    /** No proof is wanted. */
    record Nobody() implements NatsIdentity {
        @Override
        public void prove(ObjectNode options, String nonce) {}
    }

    /** A name and a password. */
    record User(String name, String password) implements NatsIdentity {
        @Override
        public void prove(ObjectNode options, String nonce) {
            options.put("user", name).put("pass", password);
        }

        @Override
        public String toString() {
            return "User";
        }
    }

    /**
     * A key pair, and the token that vouches for it.
     *
     * @param token empty where the key alone will do
     */
    record Key(Ed25519PrivateKeyParameters key, String token) implements NatsIdentity {

        private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        private static final int USER = 20 << 3;

        @Override
        public void prove(ObjectNode options, String nonce) {
            if (token.isEmpty()) {
                options.put("nkey", publicName());
            } else {
                options.put("jwt", token);
            }
            byte[] wanted = nonce.getBytes(StandardCharsets.UTF_8);
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(wanted, 0, wanted.length);
            options.put("sig", Nats.base64Url(signer.generateSignature()));
        }

        /** The public key as NATS writes it: a prefix, the key and a checksum, in base 32. */
        private String publicName() {
            byte[] name = new byte[35];
            name[0] = (byte) USER;
            System.arraycopy(key.generatePublicKey().getEncoded(), 0, name, 1, 32);
            int sum = checksum(name, 33);
            name[33] = (byte) sum;
            name[34] = (byte) (sum >> 8);
            return encoded(name);
        }

        static Ed25519PrivateKeyParameters seed(String text) throws GeneralSecurityException {
            byte[] raw = decoded(text);
            if (raw.length < 36 || text.charAt(0) != 'S') {
                throw new GeneralSecurityException("the seed in the Secret is none");
            }
            return new Ed25519PrivateKeyParameters(Arrays.copyOfRange(raw, 2, 34), 0);
        }

        /** One part of a credentials file. */
        static String part(String file, String name) throws GeneralSecurityException {
            Matcher part =
                    Pattern.compile(
                                    "-+BEGIN [A-Z ]*" + name + "-+\\s*(\\S+)\\s*-+END",
                                    Pattern.DOTALL)
                            .matcher(file);
            if (!part.find()) {
                throw new GeneralSecurityException("creds in the Secret has no " + name);
            }
            return part.group(1);
        }

        private static byte[] decoded(String text) throws GeneralSecurityException {
            byte[] bytes = new byte[text.length() * 5 / 8];
            int buffer = 0;
            int bits = 0;
            int at = 0;
            for (int i = 0; i < text.length(); i++) {
                int value = ALPHABET.indexOf(text.charAt(i));
                if (value < 0) {
                    throw new GeneralSecurityException("the seed in the Secret is not base 32");
                }
                buffer = (buffer << 5) | value;
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    bytes[at++] = (byte) (buffer >> bits);
                }
            }
            return bytes;
        }

        private static String encoded(byte[] bytes) {
            StringBuilder text = new StringBuilder();
            int buffer = 0;
            int bits = 0;
            for (byte b : bytes) {
                buffer = (buffer << 8) | (b & 0xFF);
                bits += 8;
                while (bits >= 5) {
                    bits -= 5;
                    text.append(ALPHABET.charAt((buffer >> bits) & 31));
                }
            }
            if (bits > 0) {
                text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
            }
            return text.toString();
        }

        /** CRC-16 as XMODEM has it. */
        private static int checksum(byte[] bytes, int length) {
            int sum = 0;
            for (int i = 0; i < length; i++) {
                sum ^= (bytes[i] & 0xFF) << 8;
                for (int bit = 0; bit < 8; bit++) {
                    sum = (sum & 0x8000) != 0 ? (sum << 1) ^ 0x1021 : sum << 1;
                }
                sum &= 0xFFFF;
            }
            return sum;
        }

        @Override
        public String toString() {
            return "Key";
        }
    }
}
