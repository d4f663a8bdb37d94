package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Chats that take text with some marks in it: Matrix, Telegram, Webex. */
final class Rooms {

    private static final String TELEGRAM = "https://api.telegram.org";
    private static final String TELEGRAM_MARKS = "\\.-_[]()~>`#+=|{}!*";
    private static final String GOOD = "💫";
    private static final String BAD = "🚨";

    private Rooms() {}

    /** The name of the request is made of its content, so that a room shows it once. */
    static void matrix(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append(emoji(notification)).append(' ').append(notification.subject());
        text.append('\n').append(notification.announced().message()).append('\n');
        notification
                .metadata()
                .forEach((name, value) ->
                        text.append("- ").append(name).append(": ").append(value).append('\n'));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("body", text.toString()).put("msgtype", "m.text");
        String url =
                target.requiredAddress()
                        + "/_matrix/client/r0/rooms/"
                        + target.channel()
                        + "/send/m.room.message/"
                        + Digests.sha1(notification.body());
        exchange.demand(
                Request.post(url, body)
                        .as("PUT")
                        .with("Authorization", "Bearer " + target.access().token()));
    }

    /** The address counts only for a Bot API server of one's own. */
    static void telegram(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String base = target.address().isEmpty() ? TELEGRAM : target.address();
        String[] chat = target.requiredChannel().split(":", 2);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("chat_id", chat[0]);
        if (chat.length > 1 && !chat[1].isEmpty()) {
            body.put("message_thread_id", chat[1]);
        }
        body.put("text", telegramText(notification)).put("parse_mode", "MarkdownV2");
        exchange.demand(
                Request.post(
                        base.replaceAll("/+$", "")
                                + "/bot"
                                + target.requiredToken()
                                + "/sendMessage",
                        body));
    }

    private static String telegramText(Notification notification) {
        String heading =
                emoji(notification)
                        + ' '
                        + notification.object().kind().toLowerCase(Locale.ROOT)
                        + '/'
                        + notification.object().name()
                        + '/'
                        + notification.object().namespace();
        StringBuilder text = new StringBuilder();
        text.append('*').append(escaped(heading)).append("*\n");
        text.append(escaped(notification.announced().message())).append('\n');
        notification
                .metadata()
                .forEach((name, value) ->
                        text.append("\\- *")
                                .append(escaped(name))
                                .append("*: ")
                                .append(escaped(value))
                                .append('\n'));
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (TELEGRAM_MARKS.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    static void webex(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append(notification.isError() ? "💣" : "✅")
                .append(" **")
                .append(notification.subject())
                .append("**\n")
                .append(notification.announced().message())
                .append('\n');
        notification
                .metadata()
                .forEach((name, value) ->
                        text.append(">**").append(name).append("**: ").append(value).append('\n'));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!target.channel().isEmpty()) {
            body.put("roomId", target.channel());
        }
        body.put("markdown", text.toString());
        exchange.demand(
                Request.post(target.requiredAddress(), body)
                        .with("Authorization", "Bearer " + target.access().token()));
    }

    static String emoji(Notification notification) {
        return notification.isError() ? BAD : GOOD;
    }
}
