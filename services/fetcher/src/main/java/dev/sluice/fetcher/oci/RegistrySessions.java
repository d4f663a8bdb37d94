package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.http.WebClient.Call;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests to registries as someone: what a registry asks for is learnt from its first refusal and
 * kept, so that a look at an unchanged tag is one request.
 */
final class RegistrySessions {

    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");
    private static final int MAX_TOKEN = 1 << 20;
    private static final int MOST = 10_000;
    private static final Duration TOKEN_AGE = Duration.ofSeconds(60);
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private record Session(String authorization, Instant until) {}

    private record SessionKey(String host, String repository, RegistryCredentials who) {}

    private final WebClient web;
    private final Clock clock;
    private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> schemes = new ConcurrentHashMap<>();

    RegistrySessions(WebClient web, Clock clock) {
        this.web = web;
        this.clock = clock;
    }

    /**
     * Sends a request whose address is a path in the registry.
     *
     * @return whatever the answer is
     */
    WebAnswer send(RegistryAccess access, ImageName name, Call call, long maxBytes)
            throws IOException, InterruptedException {
        SessionKey key = new SessionKey(name.host(), name.repository(), access.credentials());
        WebAnswer answer = whole(access, name, call, known(key), maxBytes);
        if (answer.status() == 401) {
            String authorization = authorize(access, name, key, answer);
            if (!authorization.isEmpty()) {
                answer = whole(access, name, call, authorization, maxBytes);
            }
        }
        return answer;
    }

    /** The same for an answer that is read while it comes; a refusal has been dealt with before. */
    <T> T send(
            RegistryAccess access,
            ImageName name,
            Call call,
            long maxBytes,
            WebClient.Reader<T> reader)
            throws IOException, InterruptedException {
        SessionKey key = new SessionKey(name.host(), name.repository(), access.credentials());
        Call whole = new Call("HEAD", call.uri(), call.headers(), "");
        if (known(key).isEmpty()) {
            send(access, name, whole, MAX_TOKEN);
        }
        return web.send(
                access.web(), with(call, scheme(access, name), name, known(key)), maxBytes, reader);
    }

    private WebAnswer whole(
            RegistryAccess access, ImageName name, Call call, String authorization, long maxBytes)
            throws IOException, InterruptedException {
        String scheme = schemes.get(name.host());
        if (scheme != null) {
            return web.send(access.web(), with(call, scheme, name, authorization), maxBytes);
        }
        boolean plain =
                access.plainHttp() || LOCAL.contains(name.host().replaceFirst(":\\d+$", ""));
        try {
            WebAnswer answer =
                    web.send(access.web(), with(call, "https", name, authorization), maxBytes);
            schemes.put(name.host(), "https");
            return answer;
        } catch (IOException e) {
            if (!plain) {
                throw e;
            }
            WebAnswer answer =
                    web.send(access.web(), with(call, "http", name, authorization), maxBytes);
            schemes.put(name.host(), "http");
            return answer;
        }
    }

    private String scheme(RegistryAccess access, ImageName name)
            throws IOException, InterruptedException {
        if (!schemes.containsKey(name.host())) {
            whole(access, name, new Call("GET", URI.create("/v2/"), Map.of(), ""), "", MAX_TOKEN);
        }
        return schemes.getOrDefault(name.host(), "https");
    }

    private static Call with(Call call, String scheme, ImageName name, String authorization) {
        Map<String, String> headers = new HashMap<>(call.headers());
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        URI uri = URI.create(scheme + "://" + name.host() + call.uri());
        return new Call(call.method(), uri, headers, call.body());
    }

    private String known(SessionKey key) {
        Session session = sessions.get(key);
        return session != null && clock.instant().isBefore(session.until())
                ? session.authorization()
                : "";
    }

    /** Does what a refusal asks for; empty if there is nothing to try. */
    private String authorize(
            RegistryAccess access, ImageName name, SessionKey key, WebAnswer refusal)
            throws IOException, InterruptedException {
        for (String challenge : refusal.headers("WWW-Authenticate")) {
            if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
                Session session = token(access, name, refusal.uri(), challenge);
                keep(key, session);
                return session.authorization();
            }
            if (challenge.regionMatches(true, 0, "Basic", 0, 5)
                    && !access.credentials().username().isEmpty()) {
                String basic = access.credentials().basic();
                keep(key, new Session(basic, Instant.MAX));
                return basic;
            }
        }
        return "";
    }

    private void keep(SessionKey key, Session session) {
        if (sessions.size() >= MOST) {
            sessions.clear();
        }
        sessions.put(key, session);
    }

    private Session token(RegistryAccess access, ImageName name, URI asked, String challenge)
            throws IOException, InterruptedException {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        URI realm = realm(name, asked, parameters.getOrDefault("realm", ""));
        String scope = "repository:" + name.repository() + ":pull";
        RegistryCredentials who = access.credentials();
        Map<String, String> headers = new HashMap<>();
        Call call;
        if (who.identityToken().isEmpty()) {
            if (!who.isAnonymous()) {
                headers.put("Authorization", who.basic());
            }
            call =
                    Call.get(
                            URI.create(
                                    realm
                                            + (realm.getRawQuery() == null ? "?" : "&")
                                            + form(
                                                    "service",
                                                    parameters.getOrDefault("service", ""))
                                            + "&"
                                            + form("scope", scope)),
                            headers);
        } else {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
            String body =
                    String.join(
                            "&",
                            form("grant_type", "refresh_token"),
                            form("client_id", "sluice"),
                            form("service", parameters.getOrDefault("service", "")),
                            form("scope", scope),
                            form("refresh_token", who.identityToken()));
            call = new Call("POST", realm, headers, body);
        }
        WebAnswer answer = web.send(access.web(), call, MAX_TOKEN);
        if (!answer.isOk()) {
            throw new RegistryException(
                    answer.status(),
                    "%s: the registry's token server answers %d".formatted(name, answer.status()));
        }
        JsonNode said = Manifest.tree(answer.body());
        String token = said.path("token").asText(said.path("access_token").asText(""));
        long seconds = said.path("expires_in").asLong(TOKEN_AGE.toSeconds());
        long kept = Math.clamp(seconds - 5, 1, 3600);
        return new Session("Bearer " + token, clock.instant().plusSeconds(kept));
    }

    /** Credentials go over TLS, unless the registry itself is without. */
    private static URI realm(ImageName name, URI asked, String realm) throws IOException {
        try {
            URI uri = URI.create(realm);
            boolean safe =
                    "https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && "http".equals(asked.getScheme()));
            if (safe && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    name + ": the registry names a token server that is no address", e);
        }
        throw new IOException(name + ": the registry names a token server that is not safe");
    }

    private static String form(String key, String value) {
        return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
