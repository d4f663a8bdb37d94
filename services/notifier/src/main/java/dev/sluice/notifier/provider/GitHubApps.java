package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fluxapi.GitHubAppKeys;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GitHub Apps as whom Providers may be told: the Secret has the App's key instead of a token. Keeps
 * the tokens, which are good for an hour. Safe for use by many threads.
 */
public final class GitHubApps {

    private static final String APP = "githubAppID";
    private static final Duration GOOD_FOR = Duration.ofMinutes(55);

    private record Token(String value, String login, Instant until) {}

    private final Map<GitHubAppKeys, Token> tokens = new ConcurrentHashMap<>();

    public GitHubApps() {}

    /** Whether the Provider names an App. */
    static boolean isApp(Target target) {
        return Messengers.isGitHub(target.type())
                && target.access().token().isEmpty()
                && target.access().secret().containsKey(APP);
    }

    /**
     * The same service with a token, and the name under which the App comments, where it is told as
     * an App.
     */
    public Target withToken(Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (!isApp(target)) {
            return target;
        }
        GitHubAppKeys keys = GitHubAppKeys.of(target.access().secret());
        if (!keys.isComplete()) {
            throw TellException.later(
                    "a GitHub App needs githubAppID, githubAppPrivateKey, and githubAppInstallationID or githubAppInstallationOwner in the Provider's Secret");
        }
        Token token = tokens.get(keys);
        if (token == null || !exchange.now().isBefore(token.until)) {
            boolean comments = Messengers.commentsOnChanges(target.type());
            token = ask(keys, comments, exchange);
            tokens.put(keys, token);
        }
        return target.as(token.login, token.value);
    }

    private static Token ask(GitHubAppKeys keys, boolean comments, Exchange exchange)
            throws TellException, InterruptedException {
        String claim;
        try {
            claim = keys.claim(exchange.now());
        } catch (GeneralSecurityException e) {
            throw TellException.later("githubAppPrivateKey in the Secret is no RSA key in PEM");
        }
        String installation = keys.installation();
        if (installation.isEmpty()) {
            String owner = keys.base() + "/users/" + keys.owner() + "/installation";
            installation = json(Request.get(owner), claim, exchange).path("id").asText("");
        }
        String login = "";
        if (comments) {
            String slug =
                    json(Request.get(keys.base() + "/app"), claim, exchange)
                            .path("slug")
                            .asText("");
            login = slug + "[bot]";
        }
        String address = keys.base() + "/app/installations/" + installation + "/access_tokens";
        Request wanted = Request.post(address, Request.JSON, new byte[0]);
        String token = json(wanted, claim, exchange).path("token").asText("");
        if (token.isEmpty()) {
            throw TellException.later("GitHub gives the App no token");
        }
        return new Token(token, login, exchange.now().plus(GOOD_FOR));
    }

    private static JsonNode json(Request request, String claim, Exchange exchange)
            throws TellException, InterruptedException {
        Answer answer = exchange.send(CommitStatuses.accepting(request).bearer(claim));
        if (!answer.succeeded()) {
            throw TellException.later("GitHub answers %d to the App".formatted(answer.status()));
        }
        return answer.json();
    }
}
