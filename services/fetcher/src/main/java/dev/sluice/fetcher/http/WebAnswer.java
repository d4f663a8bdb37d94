package dev.sluice.fetcher.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer that was read whole. */
public final class WebAnswer {

    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /**
     * @param uri where it came from, after redirects
     */
    WebAnswer(URI uri, int status, HttpHeaders headers, byte[] body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public URI uri() {
        return uri;
    }

    public int status() {
        return status;
    }

    /** Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** A header; empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        return headers.allValues(name);
    }

    public boolean isOk() {
        return status / 100 == 2;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
