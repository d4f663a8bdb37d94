package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Slack, and those that take Slack's format: Discord and Rocket.Chat. */
final class Chats {

    private static final String SLACK_API = "https://slack.com/api/chat.postMessage";

    private Chats() {}

    static void slack(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String fallback =
                notification.subject()
                        + ": "
                        + notification.announced().message().split("\n", -1)[0];
        ObjectNode body =
                body(
                        notification,
                        new Look(fallback, "good", "danger"),
                        target.channel(),
                        orReporter(target, notification));
        Answer answer =
                exchange.demand(
                        Request.post(target.requiredAddress(), body)
                                .bearer(target.access().token()));
        if (target.address().equals(SLACK_API)) {
            checkSlack(answer.json());
        }
    }

    /** Slack's API answers 200 whatever happens. */
    private static void checkSlack(JsonNode answer) throws TellException {
        if (answer.path("ok").asBoolean()) {
            return;
        }
        String error = answer.path("error").asText("no reason");
        throw error.equals("ratelimited")
                ? new TellException(
                        TellException.Prospect.SERVICE_AWAY, "Slack asks for fewer messages")
                : TellException.later("Slack answers: " + error);
    }

    static void discord(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode body =
                body(
                        notification,
                        new Look("", "good", "danger"),
                        "",
                        orReporter(target, notification));
        exchange.demand(Request.post(discordAddress(target.requiredAddress()), body));
    }

    /** Discord takes Slack's format at an address of its own. */
    private static String discordAddress(String address) throws TellException {
        if (address.endsWith("/slack")) {
            return address;
        }
        try {
            URI uri = URI.create(address);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
            return uri.getScheme()
                    + "://"
                    + uri.getRawAuthority()
                    + path.replaceAll("/+$", "")
                    + "/slack"
                    + query;
        } catch (IllegalArgumentException e) {
            throw TellException.later("the Provider's address is no URL");
        }
    }

    static void rocket(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode body =
                body(
                        notification,
                        new Look("", "#0076D7", "#FF0000"),
                        target.channel(),
                        target.access().username());
        exchange.demand(Request.post(target.requiredAddress(), body));
    }

    private static String orReporter(Target target, Notification notification) {
        String username = target.access().username();
        return username.isEmpty() ? notification.announced().reporter() : username;
    }

    /** What differs between the chats. */
    private record Look(String fallback, String good, String bad) {}

    private static ObjectNode body(
            Notification notification, Look look, String channel, String username) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("channel", channel)
                .put("username", username)
                .put("icon_url", "")
                .put("icon_emoji", "");
        ObjectNode attachment = body.putArray("attachments").addObject();
        attachment
                .put("fallback", look.fallback())
                .put("color", notification.isError() ? look.bad() : look.good())
                .put("author_name", notification.subject())
                .put("text", notification.announced().message());
        attachment.putArray("mrkdwn_in").add("text");
        ArrayNode fields = attachment.putArray("fields");
        notification
                .metadata()
                .forEach((title, value) ->
                        fields.addObject()
                                .put("title", title)
                                .put("value", value)
                                .put("short", false));
        return body;
    }
}
