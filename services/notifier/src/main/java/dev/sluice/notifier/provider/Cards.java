package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Chats that show cards: Microsoft Teams and Google Chat. */
final class Cards {

    private static final String SUMMARY = "summary";

    private Cards() {}

    static void teams(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String address = target.requiredAddress();
        exchange.demand(
                Request.post(
                        address,
                        isConnector(address)
                                ? connectorCard(notification)
                                : adaptiveCard(notification)));
    }

    /** The older kind of address, which takes the older kind of card. */
    private static boolean isConnector(String address) throws TellException {
        try {
            String host = URI.create(address).getHost();
            return host != null && host.endsWith(".webhook.office.com");
        } catch (IllegalArgumentException e) {
            throw TellException.later("the Provider's address is no URL");
        }
    }

    private static ObjectNode adaptiveCard(Notification notification) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ObjectNode container = card.putArray("body").addObject().put("type", "Container");
        card.putObject("msteams").put("width", "Full");
        ArrayNode items = container.putArray("items");
        text(items, notification.subject()).put("size", "large").put("weight", "bolder");
        ObjectNode said = text(items, notification.announced().message());
        if (notification.isError()) {
            said.put("color", "attention");
        }
        facts(items.addObject().put("type", "FactSet"), notification);
        return message;
    }

    private static ObjectNode text(ArrayNode items, String text) {
        ObjectNode block = items.addObject().put("type", "TextBlock");
        if (!text.isEmpty()) {
            block.put("text", text);
        }
        return block.put("wrap", true);
    }

    /** The summary comes first. */
    private static void facts(ObjectNode set, Notification notification) {
        if (notification.metadata().isEmpty()) {
            return;
        }
        ArrayNode facts = set.putArray("facts");
        String summary = notification.metadata().get(SUMMARY);
        if (summary != null) {
            facts.addObject().put("title", SUMMARY).put("value", summary);
        }
        notification
                .without(SUMMARY)
                .forEach((title, value) ->
                        facts.addObject().put("title", title).put("value", value));
    }

    private static ObjectNode connectorCard(Notification notification) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("@type", "MessageCard")
                .put("@context", "http://schema.org/extensions")
                .put("themeColor", notification.isError() ? "FF0000" : "0076D7")
                .put(SUMMARY, notification.subject());
        ObjectNode section = card.putArray("sections").addObject();
        section.put("activityTitle", notification.announced().message())
                .put("activitySubtitle", notification.subject());
        ArrayNode facts = section.putArray("facts");
        notification
                .metadata()
                .forEach((name, value) -> facts.addObject().put("name", name).put("value", value));
        return card;
    }

    static void googleChat(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode card = body.putArray("cards").addObject();
        card.putObject("header")
                .put("title", notification.subject())
                .put("subtitle", notification.announced().reporter())
                .putNull("imageUrl")
                .putNull("imageStyle");
        ArrayNode sections = card.putArray("sections");
        String message = notification.announced().message();
        ObjectNode said = section(sections).addObject();
        said.putObject("textParagraph")
                .put(
                        "text",
                        notification.isError()
                                ? "<font color=\"#ff0000\">" + message + "</font>"
                                : message);
        said.putNull("keyValue");
        if (!notification.metadata().isEmpty()) {
            ArrayNode facts = section(sections);
            notification.metadata().forEach((name, value) -> fact(facts, name, value));
        }
        exchange.demand(Request.post(target.requiredAddress(), body));
    }

    private static ArrayNode section(ArrayNode sections) {
        return sections.addObject().put("header", "").putArray("widgets");
    }

    private static void fact(ArrayNode widgets, String name, String value) {
        ObjectNode widget = widgets.addObject().putNull("textParagraph");
        widget.putObject("keyValue")
                .put("topLabel", name)
                .put("content", value)
                .put("contentMultiline", false)
                .putNull("bottomLabel")
                .putNull("icon");
    }
}
