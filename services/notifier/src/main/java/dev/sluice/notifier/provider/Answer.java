package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request.
 *
 * @param retryAfter the pause that the service asks for; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, byte[] body, @Nullable Duration retryAfter) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;
    private static final Set<Integer> PAUSES = Set.of(408, 425, 429, 502, 503, 504);

    /** The request itself is wrong: sent again, it is as wrong. */
    private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 411, 413, 414, 415, 422);

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    void check() throws TellException {
        if (succeeded()) {
            return;
        }
        String message = "the service answers " + status + told();
        if (PAUSES.contains(status)) {
            throw new TellException(TellException.Prospect.SERVICE_AWAY, message, retryAfter);
        }
        throw REFUSALS.contains(status)
                ? TellException.never(message)
                : new TellException(TellException.Prospect.PERHAPS_LATER, message, retryAfter);
    }

    /** The body as JSON; a missing node where it is none. */
    JsonNode json() {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private String told() {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
    }
}
