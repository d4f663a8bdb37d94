package dev.sluice.fetcher.git;

import dev.sluice.tls.TlsMaterial;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a remote wants to see: the content of the Secret that {@code spec.secretRef} names.
 *
 * @param username for HTTP basic authentication, empty for none
 * @param password for HTTP basic authentication; for ssh the passphrase of the key
 * @param bearerToken for HTTP; wins over user and password; empty for none
 * @param tls certificates that a server's certificate may be signed by, beside those of the
 *     platform, and our own
 */
public record GitCredentials(
        String username, String password, String bearerToken, TlsMaterial tls, SshKeys ssh) {

    /**
     * What ssh needs.
     *
     * @param user {@code git} where the URL names none
     * @param identity private key in PEM or OpenSSH's form, empty for none
     * @param knownHosts the host keys to trust, as OpenSSH's file of that name has them
     */
    public record SshKeys(String user, String identity, String knownHosts) {
        static final SshKeys NONE = new SshKeys("git", "", "");

        @Override
        public String toString() {
            return "SshKeys[" + user + "]";
        }
    }

    /** Nothing is shown. */
    public static final GitCredentials ANONYMOUS =
            new GitCredentials("", "", "", TlsMaterial.NONE, SshKeys.NONE);

    /**
     * Reads a Secret's content.
     *
     * @param shown the Secret's name for messages
     * @throws GitFailure with {@code AuthenticationFailed} if something is missing that the rest is
     *     of no use without
     */
    public static GitCredentials ofSecret(String shown, boolean ssh, Map<String, byte[]> data)
            throws GitFailure {
        Map<String, String> text = new TreeMap<>();
        data.forEach((key, value) -> text.put(key, new String(value, StandardCharsets.UTF_8)));
        if (ssh) {
            require(text, shown, "identity");
            require(text, shown, "known_hosts");
        }
        String username = text.getOrDefault("username", "");
        String password = text.getOrDefault("password", "");
        if (!ssh && username.isEmpty() && !password.isEmpty() && !text.containsKey("bearerToken")) {
            throw unusable(shown, "has a password but no username");
        }
        if (text.containsKey("tls.crt") != text.containsKey("tls.key")) {
            throw unusable(shown, "needs both tls.crt and tls.key, or neither");
        }
        return new GitCredentials(
                username,
                password,
                text.getOrDefault("bearerToken", "").strip(),
                TlsMaterial.of(data),
                new SshKeys(
                        "git",
                        text.getOrDefault("identity", ""),
                        text.getOrDefault("known_hosts", "")));
    }

    private static void require(Map<String, String> text, String shown, String key)
            throws GitFailure {
        if (text.getOrDefault(key, "").isBlank()) {
            throw unusable(shown, "has no " + key + ", which ssh needs");
        }
    }

    private static GitFailure unusable(String shown, String why) {
        return new GitFailure(
                GitFailure.Reason.AUTHENTICATION_FAILED, "Secret '%s' %s".formatted(shown, why));
    }

    GitCredentials orFromUrl(String scheme, String userInfo) {
        if (userInfo.isEmpty()) {
            return this;
        }
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        if (scheme.equals("ssh")) {
            return withSsh(new SshKeys(user, ssh.identity(), ssh.knownHosts()));
        }
        if (!username.isEmpty() || !bearerToken.isEmpty()) {
            return this;
        }
        String secret = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        return new GitCredentials(user, secret, "", tls, ssh);
    }

    private GitCredentials withSsh(SshKeys keys) {
        return new GitCredentials(username, password, bearerToken, tls, keys);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String sshUser() {
        return ssh.user();
    }

    /** The Authorization header, empty for none. */
    String authorization() {
        if (!bearerToken.isEmpty()) {
            return "Bearer " + bearerToken;
        }
        if (username.isEmpty()) {
            return "";
        }
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return "GitCredentials["
                + (authorization().isEmpty() ? "anonymous" : "with Authorization")
                + "]";
    }
}
