package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a commit: that it works, or that it does not. Of things under way nothing is
 * said, and nothing twice: where the latest status of that name says the same, there is nothing to
 * do.
 */
final class CommitStatuses {

    private static final Pattern HASH = Pattern.compile("(?:^|[:/])([0-9a-f]{64}|[0-9a-f]{40})$");
    private static final String STATE = "state";
    private static final String DESCRIPTION = "description";
    private static final String CONTEXT = "context";
    private static final String NAME = "name";

    private CommitStatuses() {}

    /** The commit that a notification is about: the object's own word comes first. */
    static String commit(Notification notification) throws TellException {
        for (String key : new String[] {"commit", "originRevision", "revision"}) {
            String revision = notification.metadata().get(key);
            if (revision != null && !revision.isEmpty()) {
                Matcher hash = HASH.matcher(revision);
                if (hash.find()) {
                    return hash.group(1);
                }
                throw TellException.never("'" + revision + "' names no commit");
            }
        }
        throw TellException.never("the announcement names no revision");
    }

    static void github(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String token = target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String base = repository.githubApi() + "/repos/" + repository.twoParts();
        String commit = commit(notification);
        String state = notification.isError() ? "failure" : "success";
        String description = Words.description(notification.announced().reason());
        Answer list =
                exchange.demand(
                        accepting(
                                        Request.get(
                                                base
                                                        + "/commits/"
                                                        + commit
                                                        + "/statuses?per_page=50"))
                                .bearer(token));
        JsonNode latest = find(list.json(), CONTEXT, target.commitStatus());
        if (!says(latest, STATE, state, description)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put(STATE, state)
                    .put(DESCRIPTION, description)
                    .put(CONTEXT, target.commitStatus());
            exchange.demand(
                    accepting(Request.post(base + "/statuses/" + commit, status)).bearer(token));
        }
    }

    static Request accepting(Request request) {
        return request.with("Accept", "application/vnd.github.v3+json")
                .with("X-GitHub-Api-Version", "2022-11-28");
    }

    static void gitlab(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String token = target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String commits =
                repository.host()
                        + "/api/v4/projects/"
                        + Repository.segment(repository.id()).replace(".", "%2E")
                        + "/repository/commits/";
        String base =
                repository.host()
                        + "/api/v4/projects/"
                        + Repository.segment(repository.id()).replace(".", "%2E")
                        + "/statuses/";
        String commit = commit(notification);
        String state = notification.isError() ? "failed" : "success";
        String description = Words.description(notification.announced().reason());
        String name = target.commitStatus();
        Answer list =
                exchange.demand(
                        Request.get(commits + commit + "/statuses?name=" + Repository.segment(name))
                                .with("PRIVATE-TOKEN", token));
        JsonNode latest = find(list.json(), NAME, name);
        if (!says(latest, "status", state, description)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put(STATE, state).put(NAME, name).put(DESCRIPTION, description);
            exchange.demand(Request.post(base + commit, status).with("PRIVATE-TOKEN", token));
        }
    }

    /** Gitea knows of things under way. */
    static void gitea(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String token = "token " + target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String base = repository.host() + "/api/v1/repos/" + repository.twoParts();
        String commit = commit(notification);
        String end = notification.isError() ? "failure" : "success";
        String state = notification.isProgress() ? "pending" : end;
        String description = Words.description(notification.announced().reason());
        Answer list =
                exchange.demand(
                        Request.get(base + "/commits/" + commit + "/statuses?limit=50&page=1")
                                .with("Authorization", token)
                                .with("Content-Type", Request.JSON));
        JsonNode latest = find(list.json(), CONTEXT, target.commitStatus());
        if (!says(latest, "status", state, description)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put(STATE, state)
                    .put("target_url", "")
                    .put(DESCRIPTION, description)
                    .put(CONTEXT, target.commitStatus());
            exchange.demand(
                    Request.post(base + "/statuses/" + commit, status)
                            .with("Authorization", token));
        }
    }

    /** The token is {@code user:app-password}; a name of a status may have 40 letters. */
    static void bitbucket(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String[] user = target.requiredToken().split(":", -1);
        if (user.length != 2) {
            throw TellException.later("the token of a bitbucket Provider is user:app-password");
        }
        Repository repository = Repository.of(target.requiredAddress());
        String key = Digests.sha1(target.commitStatus());
        String base =
                repository.bitbucketApi()
                        + "/repositories/"
                        + repository.twoParts()
                        + "/commit/"
                        + commit(notification)
                        + "/statuses/build";
        String state = notification.isError() ? "FAILED" : "SUCCESSFUL";
        String description = Words.description(notification.announced().reason());
        Answer known = exchange.send(Request.get(base + '/' + key).basic(user[0], user[1]));
        if (known.status() != 404) {
            known.check();
        }
        if (!known.succeeded() || !says(known.json(), STATE, state, description)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put(STATE, state)
                    .put("key", key)
                    .put(NAME, notification.shortSubject())
                    .put("url", "https://bitbucket.org")
                    .put(DESCRIPTION, description);
            exchange.demand(Request.post(base, status).basic(user[0], user[1]));
        }
    }

    static void azureDevOps(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String token = target.requiredToken();
        String url =
                Repository.of(target.requiredAddress()).azureRepository()
                        + "/commits/"
                        + commit(notification)
                        + "/statuses?api-version=7.1";
        String summary = notification.metadata().get("summary");
        String genre = summary == null ? "fluxcd" : "fluxcd:" + summary;
        String state = notification.isError() ? "error" : "succeeded";
        String description = Words.description(notification.announced().reason());
        JsonNode latest = null;
        for (JsonNode status :
                exchange.demand(Request.get(url).basic("", token)).json().path("value")) {
            JsonNode context = status.path(CONTEXT);
            if (latest == null
                    && context.path(NAME).asText().equals(target.commitStatus())
                    && context.path("genre").asText().equals(genre)) {
                latest = status;
            }
        }
        if (!says(latest, STATE, state, description)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put(STATE, state).put(DESCRIPTION, description);
            status.putObject(CONTEXT).put("genre", genre).put(NAME, target.commitStatus());
            exchange.demand(Request.post(url, status).basic("", token));
        }
    }

    /** The services list the latest first. */
    private static @Nullable JsonNode find(JsonNode statuses, String field, String name) {
        for (JsonNode status : statuses) {
            if (status.path(field).asText().equals(name)) {
                return status;
            }
        }
        return null;
    }

    static boolean says(@Nullable JsonNode status, String field, String state, String description) {
        return status != null
                && status.path(field).asText().equals(state)
                && status.path(DESCRIPTION).asText().equals(description);
    }
}
