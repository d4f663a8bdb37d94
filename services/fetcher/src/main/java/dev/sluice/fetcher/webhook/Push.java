package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.git.GitRef;
import dev.sluice.fluxapi.source.GitRepository;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GitHub and GitLab say of a push: which reference of which repository is at which commit now.
 * A hint: what is fetched is what the remote has.
 *
 * @param repositories the addresses of the repository, without scheme, user and port
 * @param ref the full reference
 * @param commit 40 hex digits; all zero for a reference that is gone
 */
record Push(Set<String> repositories, String ref, String commit) {

    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-z]+://)?(?:[^/@]*@)?([^/:]+)(?::\\d+)?[/:]+(.+?)(?:\\.git)?/*");
    private static final List<String> GITHUB =
            List.of("clone_url", "ssh_url", "git_url", "html_url");
    private static final List<String> GITLAB =
            List.of("git_http_url", "git_ssh_url", "http_url", "ssh_url", "web_url");

    /** The push that a verified call tells of; empty if it tells of none, or not of all of it. */
    static Optional<Push> of(String receiverType, Delivery delivery) {
        if (!delivery.isJson()) {
            return Optional.empty();
        }
        try {
            return switch (receiverType) {
                case "github" ->
                        delivery.header("x-github-event").equals("push")
                                ? read(Payloads.object(delivery.body()), "repository", GITHUB)
                                : Optional.empty();
                case "gitlab" ->
                        delivery.header("x-gitlab-event").endsWith("Push Hook")
                                ? read(Payloads.object(delivery.body()), "project", GITLAB)
                                : Optional.empty();
                default -> Optional.empty();
            };
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static Optional<Push> read(JsonNode body, String repository, List<String> fields) {
        Set<String> addresses = new HashSet<>();
        for (String field : fields) {
            String address = address(body.path(repository).path(field).asText(""));
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        String ref = body.path("ref").asText("");
        String commit = body.path("after").asText("");
        boolean whole =
                !addresses.isEmpty() && ref.startsWith("refs/") && SHA.matcher(commit).matches();
        return whole ? Optional.of(new Push(addresses, ref, commit)) : Optional.empty();
    }

    /** Whether it is this object's repository that was pushed to. */
    boolean isTo(GitRepository object) {
        return repositories.contains(address(object.spec().url()));
    }

    /** Whether what the object follows may be elsewhere now. */
    boolean moves(GitRepository object) {
        try {
            return switch (GitRef.of(object.spec().ref())) {
                case GitRef.Branch(String name) -> ref.equals("refs/heads/" + name);
                case GitRef.Tag(String name) -> ref.equals("refs/tags/" + name);
                case GitRef.Name(String name) -> ref.equals(name);
                case GitRef.Semver semver -> ref.startsWith("refs/tags/");
                // It may have been missing until now.
                case GitRef.Commit pinned -> true;
            };
        } catch (GitFailure e) {
            return true;
        }
    }

    /** Whether the reference is gone. */
    boolean isDeletion() {
        return commit.chars().allMatch(c -> c == '0');
    }

    private static String address(String url) {
        Matcher parts = ADDRESS.matcher(url.toLowerCase(Locale.ROOT));
        return url.length() < 2048 && parts.matches() ? parts.group(1) + "/" + parts.group(2) : "";
    }
}
