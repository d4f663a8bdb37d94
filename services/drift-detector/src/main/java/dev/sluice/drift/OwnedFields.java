package dev.sluice.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.kubernetes.FieldOwner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The fields that our manager owns of one object at one time, packed, since there is one of these
 * for each object of the fleet.
 *
 * @param digest of the set; empty where our manager owns nothing
 * @param time of our last write that changed something, to the second
 */
@SuppressWarnings("ArrayRecordComponent") // compared by digest only
record OwnedFields(String digest, Instant time, byte[] packed) {

    static final OwnedFields NONE = new OwnedFields("", Instant.EPOCH, new byte[0]);
    private static final ObjectMapper JSON = new ObjectMapper();

    static OwnedFields of(FieldOwner owner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(owner.fields().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new OwnedFields(owner.digest(), owner.time(), bytes.toByteArray());
    }

    /** The fields as paths. */
    Set<String> paths() {
        if (packed.length == 0) {
            return Set.of();
        }
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return new HashSet<>(
                    new FieldOwner("", "", "", "", Instant.EPOCH, JSON.readTree(in)).paths());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnedFields o && o.digest.equals(digest) && o.time.equals(time);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest + " of " + time;
    }
}
