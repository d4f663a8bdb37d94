package dev.sluice.fetcher.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** One call of a webhook. */
final class Delivery {

    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param headers by their names in lower case; of a repeated one the first
     * @param body at most {@link WebhookServer#MAX_BODY} bytes
     */
    Delivery(Map<String, String> headers, byte[] body) {
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** Not to be changed. */
    byte[] body() {
        return body;
    }

    /** A header; empty where there is none. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The media type without its parameters, in lower case. */
    String mediaType() {
        String type = header("content-type");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    boolean isJson() {
        return mediaType().equals("application/json");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Nothing of the content is shown. */
    @Override
    public String toString() {
        return "Delivery of " + body.length + " bytes";
    }
}
