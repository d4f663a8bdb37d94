package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Comments on pull requests and merge requests. Each object has one comment for each Provider,
 * which is written anew when there is news; a mark that people do not see tells which it is.
 */
final class ChangeComments {

    /** The fact of an event that names the change by its number. */
    static final String CHANGE = "change_request";

    private static final String BODY = "body";

    /**
     * How a Git host speaks of comments.
     *
     * @param known who the owner of the token is; empty where that is to be asked
     * @param user where the owner of the token is told
     * @param login the field with the name, there
     * @param author where a comment names its author
     * @param list the comments of the change
     * @param query for the first hundred of them
     * @param edited where single comments lie
     * @param edit the method that changes one
     */
    private record Host(
            String known,
            String user,
            String login,
            String author,
            String list,
            String query,
            String edited,
            String edit) {}

    private ChangeComments() {}

    static void github(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String token = target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String api = repository.githubApi();
        tell(
                ofIssues(
                        target.access().secret().containsKey("githubAppID")
                                ? target.access().username()
                                : "",
                        api,
                        repository,
                        notification,
                        "?direction=asc&per_page=100&sort=created"),
                body(notification, target, "flux-pr-comment-key"),
                exchange,
                request -> CommitStatuses.accepting(request).bearer(token));
    }

    static void gitea(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String token = "token " + target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String api = repository.host() + "/api/v1";
        tell(
                ofIssues("", api, repository, notification, "?limit=100&page=1"),
                body(notification, target, "flux-pr-comment-key"),
                exchange,
                request -> request.with("Authorization", token));
    }

    static void gitlab(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String token = target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        String api = repository.host() + "/api/v4";
        String notes =
                "%s/projects/%s/merge_requests/%d/notes"
                        .formatted(
                                api,
                                Repository.segment(repository.id()).replace(".", "%2E"),
                                change(notification));
        Host host =
                new Host(
                        "",
                        api + "/user",
                        "username",
                        "/author/username",
                        notes,
                        "?order_by=created_at&per_page=100&sort=asc",
                        notes,
                        "PUT");
        tell(
                host,
                body(notification, target, "flux-mr-comment-key"),
                exchange,
                request -> request.with("PRIVATE-TOKEN", token));
    }

    /** A host that keeps the comments of a change with those of its issues, as GitHub does. */
    private static Host ofIssues(
            String app, String api, Repository repository, Notification notification, String query)
            throws TellException {
        String issues = api + "/repos/" + repository.twoParts() + "/issues";
        return new Host(
                app,
                api + "/user",
                "login",
                "/user/login",
                issues + '/' + change(notification) + "/comments",
                query,
                issues + "/comments",
                "PATCH");
    }

    private static void tell(
            Host host, Comment comment, Exchange exchange, UnaryOperator<Request> access)
            throws TellException, InterruptedException {
        String user = host.known;
        if (user.isEmpty()) {
            JsonNode owner = exchange.demand(access.apply(Request.get(host.user))).json();
            user = owner.path(host.login).asText();
        }
        Answer known = exchange.demand(access.apply(Request.get(host.list + host.query)));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put(BODY, comment.text);
        for (JsonNode one : known.json()) {
            if (one.at(host.author).asText().equals(user)
                    && one.path(BODY).asText().contains(comment.mark)) {
                String place = host.edited + '/' + one.path("id").asLong();
                exchange.demand(access.apply(Request.post(place, body).as(host.edit)));
                return;
            }
        }
        exchange.demand(access.apply(Request.post(host.list, body)));
    }

    /** A comment and what it is known by. */
    private record Comment(String mark, String text) {}

    private static Comment body(Notification notification, Target target, String key) {
        String object =
                notification.object().kind()
                        + '/'
                        + notification.object().namespace()
                        + '/'
                        + notification.object().name();
        String mark = "<!-- %s:%s/%s -->".formatted(key, target.uid(), object);
        StringBuilder text = new StringBuilder(mark).append("\n\n## Flux Status\n\n");
        text.append(notification.isError() ? "\u26a0\ufe0f " : "\u2139\ufe0f ")
                .append(object)
                .append("\n\n")
                .append(notification.announced().message())
                .append("\n\nMetadata:\n");
        notification
                .without(CHANGE)
                .forEach((name, value) ->
                        text.append("* `").append(name).append("`: ").append(value).append('\n'));
        return new Comment(mark, text.toString());
    }

    private static long change(Notification notification) throws TellException {
        String number = notification.metadata().get(CHANGE);
        if (number == null) {
            throw TellException.never(
                    "the event has no fact '" + CHANGE + "' that names a pull or merge request");
        }
        if (!number.matches("[0-9]{1,18}")) {
            throw TellException.never("'" + number + "' is no number of a pull or merge request");
        }
        return Long.parseLong(number);
    }
}
