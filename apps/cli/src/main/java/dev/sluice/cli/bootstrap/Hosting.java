package dev.sluice.cli.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service that hosts repositories: makes one where it is missing, and says how to reach it. */
public final class Hosting {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Which service. */
    public enum Kind {
        github,
        gitlab,
        gitea
    }

    /**
     * A repository that is to be.
     *
     * @param host of the service, for example {@code github.com}, with a port where it has one
     * @param owner organisation, group or user
     * @param personal whether the owner is a user
     * @param secret whether it is made private
     */
    public record Wanted(
            Kind kind, String host, String owner, String name, boolean personal, boolean secret) {}

    private final HttpClient client;
    private final String token;
    private final String scheme;

    /**
     * @param token that may make repositories
     * @param scheme {@code https}, or {@code http} for a service within the house
     */
    public Hosting(HttpClient client, String token, String scheme) {
        this.client = client;
        this.token = token;
        this.scheme = scheme;
    }

    /** The user name that goes with a token over HTTPS. */
    public static String userOf(Kind kind) {
        return switch (kind) {
            case github -> "git";
            case gitlab -> "oauth2";
            case gitea -> "git";
        };
    }

    /** Makes the repository where it is not there; its address for cloning. */
    public String ensure(Wanted wanted) throws BootstrapException {
        String api = api(wanted);
        HttpResponse<String> found = send(wanted, request(wanted, api + lookup(wanted)).GET());
        if (found.statusCode() == 404) {
            HttpResponse<String> made = send(wanted, create(wanted, api));
            if (made.statusCode() >= 300) {
                throw refused(wanted, "make", made);
            }
            return address(wanted, made);
        }
        if (found.statusCode() >= 300) {
            throw refused(wanted, "look up", found);
        }
        return address(wanted, found);
    }

    private String api(Wanted wanted) {
        return switch (wanted.kind) {
            case github ->
                    wanted.host.equals("github.com")
                            ? "https://api.github.com"
                            : scheme + "://" + wanted.host + "/api/v3";
            case gitlab -> scheme + "://" + wanted.host + "/api/v4";
            case gitea -> scheme + "://" + wanted.host + "/api/v1";
        };
    }

    private static String lookup(Wanted wanted) {
        return switch (wanted.kind) {
            case github, gitea -> "/repos/" + encode(wanted.owner) + '/' + encode(wanted.name);
            case gitlab -> "/projects/" + encode(wanted.owner + '/' + wanted.name);
        };
    }

    private HttpRequest.Builder create(Wanted wanted, String api) throws BootstrapException {
        ObjectNode body = JSON.createObjectNode();
        body.put("name", wanted.name);
        String path;
        if (wanted.kind == Kind.gitlab) {
            path = "/projects";
            body.put("visibility", wanted.secret ? "private" : "public");
            if (!wanted.personal) {
                body.put("namespace_id", group(wanted, api));
            }
        } else {
            path = wanted.personal ? "/user/repos" : "/orgs/" + encode(wanted.owner) + "/repos";
            body.put("private", wanted.secret);
        }
        return request(wanted, api + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    private long group(Wanted wanted, String api) throws BootstrapException {
        HttpResponse<String> found =
                send(wanted, request(wanted, api + "/groups/" + encode(wanted.owner)).GET());
        if (found.statusCode() >= 300) {
            throw refused(wanted, "find the group of", found);
        }
        return read(found).path("id").asLong();
    }

    private static String address(Wanted wanted, HttpResponse<String> response)
            throws BootstrapException {
        JsonNode body = read(response);
        String field = wanted.kind == Kind.gitlab ? "http_url_to_repo" : "clone_url";
        String address = body.path(field).asText();
        if (address.isEmpty()) {
            throw new BootstrapException(
                    wanted.host + " does not say how " + wanted.name + " is cloned");
        }
        return address;
    }

    private HttpRequest.Builder request(Wanted wanted, String address) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json");
        return wanted.kind == Kind.gitlab
                ? request.header("PRIVATE-TOKEN", token)
                : request.header(
                        "Authorization",
                        (wanted.kind == Kind.gitea ? "token " : "Bearer ") + token);
    }

    private HttpResponse<String> send(Wanted wanted, HttpRequest.Builder request)
            throws BootstrapException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BootstrapException(wanted.host + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BootstrapException("interrupted");
        }
    }

    private static BootstrapException refused(
            Wanted wanted, String deed, HttpResponse<String> response) {
        @Nullable String message = null;
        try {
            // GitLab names the fields that are wrong: an object, not a text.
            JsonNode body = read(response).path("message");
            message = body.isContainerNode() ? body.toString() : body.asText();
        } catch (BootstrapException e) {
            // No JSON: the status must do.
        }
        return new BootstrapException(
                "%s refuses to %s %s/%s: HTTP %d%s. Look at the rights of the token"
                        .formatted(
                                wanted.host,
                                deed,
                                wanted.owner,
                                wanted.name,
                                response.statusCode(),
                                message == null || message.isEmpty() ? "" : ", " + message));
    }

    private static JsonNode read(HttpResponse<String> response) throws BootstrapException {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new BootstrapException("the answer is no JSON", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
