package dev.sluice.fetcher.gitrepository;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fetcher.git.GitCredentials;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.TlsMaterial;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Credentials of a GitHub App's installation: a token for an hour, given for a text that the App's
 * key has signed, and kept until shortly before its end.
 */
final class GitHubApp {

    private static final String DEFAULT_BASE = "https://api.github.com";
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
        String app = text(secret, "githubAppID");
        String key = text(secret, "githubAppPrivateKey");
        String id = text(secret, "githubAppInstallationID");
        String owner = text(secret, "githubAppInstallationOwner");
        if (app.isEmpty() || key.isEmpty() || (id.isEmpty() && owner.isEmpty())) {
            throw new GitFailure(
                    GitFailure.Reason.INVALID_PROVIDER,
                    "spec.provider 'github' needs githubAppID, githubAppPrivateKey, and githubAppInstallationID or githubAppInstallationOwner in Secret '%s'"
                            .formatted(shown));
        }
        String said = text(secret, "githubAppBaseURL");
        String base = said.isEmpty() ? DEFAULT_BASE : said.replaceFirst("/+$", "");
        TlsMaterial tls = TlsMaterial.of(secret);
        Installation installation = new Installation(base, app, id.isEmpty() ? "of " + owner : id);
        Token known = tokens.get(installation);
        if (known == null || !clock.instant().isBefore(known.until())) {
            WebAccess access = new WebAccess(tls, false, ProxyAddress.NONE, timeout);
            known = token(access, base, signed(shown, app, key), id, owner);
            tokens.put(installation, known);
        }
        return new GitCredentials(
                "x-access-token", known.value(), "", tls, GitCredentials.ANONYMOUS.ssh());
    }

    private Token token(WebAccess access, String base, String signed, String id, String owner)
            throws GitFailure, InterruptedException {
        String installation = id;
        if (installation.isEmpty()) {
            JsonNode found = ask(access, "GET", base + "/users/" + owner + "/installation", signed);
            installation = found.path("id").asText("");
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

    /** A JSON Web Token that is good for some minutes. */
    private String signed(String shown, String app, String pem) throws GitFailure {
        Instant now = clock.instant();
        String claims =
                "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                        .formatted(
                                now.minusSeconds(60).getEpochSecond(),
                                now.plusSeconds(540).getEpochSecond(),
                                app.replaceAll("[^A-Za-z0-9.]", ""));
        String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key(pem));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (IOException | GeneralSecurityException e) {
            throw failed(
                    "githubAppPrivateKey of Secret '%s' is no RSA key in PEM".formatted(shown));
        }
    }

    private static PrivateKey key(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            return switch (parser.readObject()) {
                case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
                case PrivateKeyInfo info -> converter.getPrivateKey(info);
                case null, default -> throw new IOException("no private key");
            };
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Map<String, byte[]> secret, String key) {
        byte[] value = secret.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
    }

    private static GitFailure failed(String message) {
        return new GitFailure(GitFailure.Reason.AUTHENTICATION_FAILED, message);
    }
}
