package dev.sluice.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;

/** A stream that ends well only if its bytes were those that the digest names. */
final class CheckedStream extends DigestInputStream {

    private final Digest expected;
    private boolean checked;

    CheckedStream(InputStream in, Digest expected) {
        super(in, Digest.sha256());
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        return b < 0 ? end() : b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        return count < 0 ? end() : count;
    }

    private int end() throws IOException {
        if (!checked && !Digest.of(digest).equals(expected)) {
            throw new ArtifactMissingException("artifact " + expected + " is damaged in the store");
        }
        checked = true;
        return -1;
    }
}
