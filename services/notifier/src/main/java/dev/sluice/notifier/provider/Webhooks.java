package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import java.util.Map;

/** Any service that takes the event itself, as JSON. */
final class Webhooks {

    private Webhooks() {}

    static void generic(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        exchange.demand(request(notification, target));
    }

    /** Signed with the token, so that the service knows who sent it. */
    static void signed(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        Request request = request(notification, target);
        String signature = Digests.hmacSha256(target.requiredToken(), request.body());
        exchange.demand(request.with("X-Signature", "sha256=" + signature));
    }

    /** A GitHub repository whose workflows run on the event. */
    static void githubDispatch(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String token = target.requiredToken();
        Repository repository = Repository.of(target.requiredAddress());
        AnnouncedObject about = notification.object();
        ObjectNode dispatch = JsonNodeFactory.instance.objectNode();
        dispatch.put("event_type", about.kind() + '/' + about.name() + '.' + about.namespace());
        dispatch.set("client_payload", notification.json());
        String url = repository.githubApi() + "/repos/" + repository.twoParts() + "/dispatches";
        exchange.demand(CommitStatuses.accepting(Request.post(url, dispatch)).bearer(token));
    }

    private static Request request(Notification notification, Target target) throws TellException {
        Request request =
                Request.post(target.requiredAddress(), Request.JSON, notification.body())
                        .with("Gotk-Component", notification.announced().reporter());
        for (Map.Entry<String, String> header : target.access().headers().entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return request;
    }
}
