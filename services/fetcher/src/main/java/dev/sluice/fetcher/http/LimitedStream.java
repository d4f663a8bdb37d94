package dev.sluice.fetcher.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends in an error where there is more than allowed. */
public final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long left;

    public LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    private void count(int count) throws IOException {
        left -= count;
        if (left < 0) {
            throw new IOException("more than the %d bytes allowed".formatted(limit));
        }
    }
}
