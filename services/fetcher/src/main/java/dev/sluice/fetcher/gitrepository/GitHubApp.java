package dev.sluice.fetcher.gitrepository;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fetcher.git.GitCredentials;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fluxapi.GitHubAppKeys;
import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials of a GitHub App's installation: a token for an hour, given for a text that the App's
 * key has signed, and kept until shortly before its end.
 */
final class GitHubApp {

    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration SPARE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Token(String value, Instant until) {}

    private record Installation(String base, String app, String id) {}

    private final WebClient web;
    private final Clock clock;
    private final Map<Installation, Token> tokens = new ConcurrentHashMap<>();

    GitHubApp(WebClient web, Clock clock) {
        this.web = web;
        this.clock = clock;
    }

    /**
     * The credentials of the App whose keys a Secret has.
     *
     * @param shown the Secret's name for messages
     */
    GitCredentials credentials(String shown, Map<String, byte[]> secret, Duration timeout)
            throws GitFailure, InterruptedException {
        GitHubAppKeys keys = GitHubAppKeys.of(secret);
        if (!keys.isComplete()) {
            throw new GitFailure(
                    GitFailure.Reason.INVALID_PROVIDER,
                    "spec.provider 'github' needs githubAppID, githubAppPrivateKey, and githubAppInstallationID or githubAppInstallationOwner in Secret '%s'"
                            .formatted(shown));
        }
        TlsMaterial tls = TlsMaterial.of(secret);
        Installation installation =
                new Installation(
                        keys.base(),
                        keys.app(),
                        keys.installation().isEmpty() ? "of " + keys.owner() : keys.installation());
        Token known = tokens.get(installation);
        if (known == null || !clock.instant().isBefore(known.until())) {
            WebAccess access = new WebAccess(tls, false, ProxyAddress.NONE, timeout);
            known = token(access, keys, claim(shown, keys));
            tokens.put(installation, known);
        }
        return new GitCredentials(
                "x-access-token", known.value(), "", tls, GitCredentials.ANONYMOUS.ssh());
    }

    private Token token(WebAccess access, GitHubAppKeys keys, String signed)
            throws GitFailure, InterruptedException {
        String base = keys.base();
        String installation = keys.installation();
        if (installation.isEmpty()) {
            String owner = base + "/users/" + keys.owner() + "/installation";
            installation = ask(access, "GET", owner, signed).path("id").asText("");
        }
        JsonNode said =
                ask(
                        access,
                        "POST",
                        base + "/app/installations/" + installation + "/access_tokens",
                        signed);
        String token = said.path("token").asText("");
        if (token.isEmpty()) {
            throw failed("GitHub gave no token");
        }
        Instant end = clock.instant().plus(Duration.ofHours(1)).minus(SPARE);
        return new Token(token, end);
    }

    private JsonNode ask(WebAccess access, String method, String address, String signed)
            throws GitFailure, InterruptedException {
        Map<String, String> headers =
                Map.of(
                        "Authorization",
                        "Bearer " + signed,
                        "Accept",
                        "application/vnd.github+json");
        try {
            WebAnswer answer =
                    web.send(
                            access,
                            new WebClient.Call(method, URI.create(address), headers, ""),
                            MAX_ANSWER);
            if (!answer.isOk()) {
                throw failed("GitHub answers %d for the App".formatted(answer.status()));
            }
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw failed("GitHub's answer is not JSON");
        } catch (IOException | IllegalArgumentException e) {
            throw failed("GitHub can't be asked for a token: " + e.getMessage());
        }
    }

    private String claim(String shown, GitHubAppKeys keys) throws GitFailure {
        try {
            return keys.claim(clock.instant());
        } catch (GeneralSecurityException e) {
            throw failed(
                    "githubAppPrivateKey of Secret '%s' is no RSA key in PEM".formatted(shown));
        }
    }

    private static GitFailure failed(String message) {
        return new GitFailure(GitFailure.Reason.AUTHENTICATION_FAILED, message);
    }
}
