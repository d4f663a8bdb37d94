package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of identity providers, as their configuration documents name them. Kept for some
 * minutes; a key that is not known is looked for again, but not more often than every half a
 * minute.
 */
final class IssuerKeys {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final WebAccess ACCESS = WebAccess.plain(Duration.ofSeconds(5));
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_ISSUERS = 1000;

    private record Known(JsonNode keys, Instant since) {}

    private final WebClient web;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    IssuerKeys(WebClient web, Clock clock) {
        this.web = web;
        this.clock = clock;
    }

    /** The key of that id that is for that algorithm. */
    PublicKey key(String issuer, String id, String algorithm)
            throws RefusedException, InterruptedException {
        Known kept = known.get(issuer);
        Instant now = clock.instant();
        if (kept != null && now.isBefore(kept.since().plus(KEPT))) {
            Optional<PublicKey> key = JsonWebKeys.find(kept.keys(), id, algorithm);
            if (key.isPresent()) {
                return key.get();
            }
            if (now.isBefore(kept.since().plus(PATIENCE))) {
                throw new RefusedException("the issuer has no such key");
            }
        }
        JsonNode fresh = fetch(issuer);
        if (known.size() < MAX_ISSUERS) {
            known.put(issuer, new Known(fresh, now));
        }
        return JsonWebKeys.find(fresh, id, algorithm)
                .orElseThrow(() -> new RefusedException("the issuer has no such key"));
    }

    private JsonNode fetch(String issuer) throws RefusedException, InterruptedException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = get(base + "/.well-known/openid-configuration");
        if (!document.path("issuer").asText("").equals(issuer)) {
            throw new RefusedException("the issuer's configuration is of another issuer");
        }
        return get(document.path("jwks_uri").asText("")).path("keys");
    }

    private JsonNode get(String address) throws RefusedException, InterruptedException {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null) {
                throw new RefusedException("the issuer names no address of its keys");
            }
            WebAnswer answer = web.send(ACCESS, WebClient.Call.get(uri, Map.of()), MAX_BYTES);
            if (!answer.isOk()) {
                throw new RefusedException("the issuer answers " + answer.status());
            }
            return Payloads.object(answer.body());
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException("the issuer's keys can't be had: " + e.getMessage());
        }
    }
}
