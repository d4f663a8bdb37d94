package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * Builds of commits on a Bitbucket server of one's own. The address is that of a clone over HTTP,
 * {@code https://host/scm/PROJECT/NAME.git}, maybe with a path before {@code /scm/}.
 */
final class BitbucketServer {

    private static final String CLONES = "/scm/";

    private BitbucketServer() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String builds =
                commits(target.requiredAddress()) + CommitStatuses.commit(notification) + "/builds";
        String key = Digests.sha1(target.commitStatus());
        String state = notification.isError() ? "FAILED" : "SUCCESSFUL";
        String description = Words.description(notification.announced().reason());
        String name = notification.shortSubject() + " [" + description + "]";
        Answer known = exchange.send(authorized(Request.get(builds + "?key=" + key), target));
        if (known.status() != 404) {
            known.check();
        }
        if (!known.succeeded()
                || !CommitStatuses.says(known.json(), "state", state, description)
                || !known.json().path("name").asText().equals(name)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.put("key", key)
                    .put("state", state)
                    .put("url", target.requiredAddress())
                    .put("description", description)
                    .put("name", name);
            exchange.demand(authorized(Request.post(builds, status), target));
        }
    }

    private static String commits(String address) throws TellException {
        URI uri = Addresses.uri(address);
        String path = uri.getPath().replaceAll("\\.git$", "");
        int at = path.lastIndexOf(CLONES);
        String[] parts = path.substring(Math.max(at, 0) + CLONES.length()).split("/", -1);
        if (at < 0 || parts.length != 2) {
            throw TellException.later(
                    "the address of a bitbucketserver Provider is https://HOST/scm/PROJECT/NAME.git");
        }
        return Addresses.origin(address)
                + path.substring(0, at)
                + "/rest/api/latest/projects/"
                + Repository.segment(parts[0])
                + "/repos/"
                + Repository.segment(parts[1])
                + "/commits/";
    }

    private static Request authorized(Request request, Target target) throws TellException {
        Access access = target.access();
        boolean user = !access.username().isEmpty() && !access.password().isEmpty();
        Request marked =
                request.with("X-Atlassian-Token", "no-check")
                        .with("X-Requested-With", "XMLHttpRequest");
        return access.token().isEmpty() && user
                ? marked.basic(access.username(), access.password())
                : marked.bearer(target.requiredToken());
    }
}
