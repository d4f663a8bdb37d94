package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.tls.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Providers that are told as a GitHub App. */
class GitHubAppsTest {

    private final RecordedExchange exchange = new RecordedExchange();
    private final GitHubApps apps = new GitHubApps();

    @Test
    void theInstallationGivesATokenWhichIsKept() throws Exception {
        Target target = target("github", secret());
        exchange.answering(RecordedExchange.answer(201, "{\"token\":\"ghs_1\"}"));

        Target first = apps.withToken(target, exchange);
        Target second = apps.withToken(target, exchange);

        assertThat(first.access().token()).isEqualTo("ghs_1");
        assertThat(second.access().token()).isEqualTo("ghs_1");
        assertThat(exchange.requests)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.method() + ' ' + request.url())
                            .isEqualTo(
                                    "POST https://git.example/api/v3/app/installations/34/access_tokens");
                    assertThat(request.headers().get("Authorization")).startsWith("Bearer ey");
                });
    }

    @Test
    void anAppCommentsUnderItsOwnName() throws Exception {
        exchange.answering(
                RecordedExchange.answer(200, "{\"slug\":\"flux\"}"),
                RecordedExchange.answer(201, "{\"token\":\"ghs_1\"}"));

        Target target = apps.withToken(target("githubpullrequestcomment", secret()), exchange);

        assertThat(target.access().username()).isEqualTo("flux[bot]");
    }

    @Test
    void aTokenOfItsOwnIsEnough() throws Exception {
        Target target = Samples.target("github", "https://github.com/org/repo", "token");

        assertThat(apps.withToken(target, exchange)).isSameAs(target);
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        Map<String, byte[]> secret = secret();
        secret.remove("githubAppInstallationID");

        assertThatThrownBy(() -> apps.withToken(target("github", secret), exchange))
                .isInstanceOf(TellException.class)
                .hasMessageContaining("githubAppInstallationID");
        assertThat(exchange.requests).isEmpty();
    }

    private static Target target(String type, Map<String, byte[]> secret) {
        return Samples.target(
                type,
                "https://git.example/org/repo",
                "",
                new Access("", "", "", Map.of(), secret, "", TlsMaterial.NONE));
    }

    private static Map<String, byte[]> secret() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        Map<String, byte[]> secret = new LinkedHashMap<>();
        secret.put("githubAppID", bytes("12"));
        secret.put("githubAppInstallationID", bytes("34"));
        secret.put("githubAppBaseURL", bytes("https://git.example/api/v3/"));
        secret.put(
                "githubAppPrivateKey",
                bytes(
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder().encodeToString(key)
                                + "\n-----END PRIVATE KEY-----\n"));
        return secret;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
