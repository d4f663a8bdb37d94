package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are for a registry.
 *
 * @param username empty for nobody
 * @param identityToken in the place of a password, for a refresh token; empty for none
 */
public record RegistryCredentials(String username, String password, String identityToken) {

    public static final RegistryCredentials ANONYMOUS = new RegistryCredentials("", "", "");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = ".dockerconfigjson";

    public boolean isAnonymous() {
        return username.isEmpty() && identityToken.isEmpty();
    }

    /**
     * What Docker's configuration in a Secret of type {@code kubernetes.io/dockerconfigjson} has
     * for a repository: the entry of its host, or of the longest part of its path. A Secret without
     * one has {@code username} and {@code password}.
     *
     * @return empty if there is none for it
     * @throws IOException if the Secret holds no such configuration
     */
    public static Optional<RegistryCredentials> of(Map<String, byte[]> secret, ImageName name)
            throws IOException {
        byte[] content = secret.get(KEY);
        if (content == null) {
            return Optional.of(plain(secret));
        }
        JsonNode entries;
        try {
            entries = JSON.readTree(content).path("auths");
        } catch (JacksonException e) {
            throw new IOException(KEY + " is not JSON");
        }
        String best = "";
        RegistryCredentials found = null;
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            String key = normal(entry.getKey());
            boolean fits = name.toString().equals(key) || name.toString().startsWith(key + "/");
            if (fits && key.length() > best.length()) {
                best = key;
                found = read(entry.getValue());
            }
        }
        return Optional.ofNullable(found);
    }

    private static RegistryCredentials plain(Map<String, byte[]> secret) throws IOException {
        byte[] username = secret.get("username");
        byte[] password = secret.get("password");
        if (username == null || password == null) {
            throw new IOException(
                    "the Secret has no key " + KEY + ", nor both username and password");
        }
        return new RegistryCredentials(
                new String(username, StandardCharsets.UTF_8),
                new String(password, StandardCharsets.UTF_8),
                "");
    }

    /** {@code https://index.docker.io/v1/} and {@code docker.io} are one. */
    private static String normal(String key) {
        String bare =
                key.replaceFirst("^https?://", "")
                        .replaceFirst("/+$", "")
                        .replaceFirst("/v[12]$", "");
        return bare.equals("docker.io") || bare.equals("registry-1.docker.io")
                ? "index.docker.io"
                : bare;
    }

    private static RegistryCredentials read(JsonNode entry) throws IOException {
        String username = entry.path("username").asText("");
        String password = entry.path("password").asText("");
        String both = entry.path("auth").asText("");
        if (!both.isEmpty()) {
            try {
                String pair =
                        new String(
                                Base64.getDecoder().decode(both.strip()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon < 0) {
                    throw new IOException("an entry's auth in the Secret is no user and password");
                }
                username = pair.substring(0, colon);
                password = pair.substring(colon + 1);
            } catch (IllegalArgumentException e) {
                throw new IOException("an entry's auth in the Secret is not in Base64");
            }
        }
        return new RegistryCredentials(username, password, entry.path("identitytoken").asText(""));
    }

    /** The header for registries that take user and password. */
    String basic() {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Nothing is shown. */
    @Override
    public String toString() {
        return isAnonymous() ? "anonymous" : "RegistryCredentials";
    }
}
