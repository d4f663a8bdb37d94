package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Channels of teams: Lark, Zoom, Zulip. */
final class Channels {

    private static final String CONTENT = "content";

    private Channels() {}

    static void lark(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("**").append(notification.announced().message()).append("**\n\n");
        notification
                .metadata()
                .forEach(
                        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("msg_type", "interactive");
        ObjectNode card = message.putObject("card");
        card.putObject("config").put("wide_screen_mode", true);
        ObjectNode header = card.putObject("header");
        header.putObject("title")
                .put("tag", "plain_text")
                .put(CONTENT, Rooms.emoji(notification) + ' ' + notification.subject());
        header.put("template", notification.isError() ? "red" : "turquoise");
        card.putArray("elements")
                .addObject()
                .put("tag", "div")
                .putObject("text")
                .put("tag", "lark_md")
                .put(CONTENT, text.toString());
        exchange.demand(Request.post(target.requiredAddress(), message));
    }

    /** The token goes along as it is. */
    static void zoom(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        ObjectNode content = message.putObject(CONTENT);
        content.putObject("head")
                .put("text", notification.subject())
                .putObject("sub_head")
                .put("text", notification.announced().severity().wireName());
        ArrayNode body = content.putArray("body");
        body.addObject().put("type", "message").put("text", notification.announced().message());
        if (!notification.metadata().isEmpty()) {
            ArrayNode items = body.addObject().put("type", "fields").putArray("items");
            notification
                    .metadata()
                    .forEach((name, value) ->
                            items.addObject().put("key", name).put("value", value));
        }
        URI address = Addresses.uri(target.requiredAddress());
        String url = address + (address.getRawQuery() == null ? "?" : "&") + "format=full";
        exchange.demand(Request.post(url, message).with("Authorization", target.requiredToken()));
    }

    /** The channel is {@code channel/topic}. */
    static void zulip(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String[] channel = target.requiredChannel().split("/", 2);
        if (channel.length < 2) {
            throw TellException.later("the channel of a zulip Provider is CHANNEL/TOPIC");
        }
        StringBuilder text = new StringBuilder("## Flux Status\n\n");
        text.append(notification.isError() ? "\u26a0\ufe0f " : "\u2139\ufe0f ")
                .append(notification.object().kind())
                .append('/')
                .append(notification.object().namespace())
                .append('/')
                .append(notification.object().name())
                .append("\n\n")
                .append(notification.announced().message())
                .append("\n\nMetadata:\n");
        notification
                .without(ChangeComments.CHANGE)
                .forEach((name, value) ->
                        text.append("* `").append(name).append("`: ").append(value).append('\n'));
        String form =
                "content=%s&to=%s&topic=%s&type=stream"
                        .formatted(
                                encoded(text.toString()), encoded(channel[0]), encoded(channel[1]));
        Access access = target.access();
        exchange.demand(
                Request.post(
                                Addresses.origin(target.requiredAddress()) + "/api/v1/messages",
                                "application/x-www-form-urlencoded",
                                form.getBytes(StandardCharsets.US_ASCII))
                        .basic(access.username(), access.password()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
