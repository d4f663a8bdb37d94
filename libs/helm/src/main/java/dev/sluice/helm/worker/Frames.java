package dev.sluice.helm.worker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** Framed JSON over a pair of streams: a length of four bytes, big endian, and as many bytes. */
final class Frames {

    static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final int LONGEST = 96 * 1024 * 1024;

    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /**
     * The next frame.
     *
     * @throws EOFException at the end
     * @throws IOException where the other side breaks the protocol; the message shows no content
     */
    JsonNode read() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return JSON.readTree(body);
    }

    void write(JsonNode message) throws IOException {
        byte[] body = JSON.writeValueAsBytes(message);
        if (body.length > LONGEST) {
            throw new IOException("a request of " + body.length + " bytes");
        }
        writing.lock();
        try {
            out.write(ByteBuffer.allocate(4).putInt(body.length).array());
            out.write(body);
            out.flush();
        } finally {
            writing.unlock();
        }
    }
}
