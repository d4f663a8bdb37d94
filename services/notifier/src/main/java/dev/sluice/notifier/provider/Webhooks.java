package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import java.nio.charset.StandardCharsets;
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
        String signature = Digests.hmacSha256(key(target), request.body());
        exchange.demand(request.with("X-Signature", "sha256=" + signature));
    }

    /** The token to the last byte: a line end of a file that it came from counts, as in Flux. */
    private static String key(Target target) throws TellException {
        byte[] token = target.access().secret().get("token");
        return token == null ? target.requiredToken() : new String(token, StandardCharsets.UTF_8);
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
                        .with("Gotk-Component", notification.announced().reporter())
                        .with("Idempotency-Key", notification.idempotencyKey());
        for (Map.Entry<String, String> header : target.access().headers().entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return request;
    }
}
