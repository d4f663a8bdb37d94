package dev.sluice.audit;

import dev.sluice.audit.LoggedRecord.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signature stands for: SHA-256 over topic, key, all headers but the signature itself, in
 * their order, and the body. Each part is preceded by its length, so that no byte can move from one
 * to the next.
 */
final class RecordDigest {

    private static final byte[] FORM = "sluice record 1\n".getBytes(StandardCharsets.US_ASCII);

    private RecordDigest() {}

    static byte[] of(String topic, String key, List<Header> headers, byte @Nullable [] body) {
        MessageDigest digest = sha256();
        digest.update(FORM);
        add(digest, topic.getBytes(StandardCharsets.UTF_8));
        add(digest, key.getBytes(StandardCharsets.UTF_8));
        for (Header header : headers) {
            if (!header.name().equals(Seal.SIGNATURE)) {
                add(digest, header.name().getBytes(StandardCharsets.UTF_8));
                add(digest, header.value());
            }
        }
        add(digest, body);
        return digest.digest();
    }

    static byte[] of(LoggedRecord record) {
        return of(record.topic(), record.key(), record.headers(), record.body());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Nothing and an empty part differ. */
    private static void add(MessageDigest digest, byte @Nullable [] part) {
        digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length).flip());
        if (part != null) {
            digest.update(part);
        }
    }
}
