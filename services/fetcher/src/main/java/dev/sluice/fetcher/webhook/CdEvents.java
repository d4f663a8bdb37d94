package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events of the CDEvents specification, as far as a call must be one: a context that names the
 * event, its source and its type.
 */
final class CdEvents {

    private static final Pattern TYPE =
            Pattern.compile(
                    "dev\\.cdevents\\.([a-z]+)\\.([a-z]+)\\.\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

    /** What may happen to what, in the specification up to 0.5. */
    private static final Map<String, List<String>> PREDICATES =
            Map.ofEntries(
                    Map.entry(
                            "artifact",
                            List.of("packaged", "signed", "published", "downloaded", "deleted")),
                    Map.entry("branch", List.of("created", "deleted")),
                    Map.entry("build", List.of("queued", "started", "finished")),
                    Map.entry(
                            "change",
                            List.of("created", "reviewed", "merged", "abandoned", "updated")),
                    Map.entry("environment", List.of("created", "modified", "deleted")),
                    Map.entry("incident", List.of("detected", "reported", "resolved")),
                    Map.entry("pipelinerun", List.of("queued", "started", "finished")),
                    Map.entry("repository", List.of("created", "modified", "deleted")),
                    Map.entry(
                            "service",
                            List.of("deployed", "upgraded", "rolledback", "removed", "published")),
                    Map.entry("taskrun", List.of("started", "finished")),
                    Map.entry("testcaserun", List.of("queued", "started", "finished", "skipped")),
                    Map.entry("testoutput", List.of("published")),
                    Map.entry("testsuiterun", List.of("queued", "started", "finished")),
                    Map.entry("ticket", List.of("created", "updated", "closed")));

    private CdEvents() {}

    static void check(byte[] body) throws RefusedException {
        JsonNode event = Payloads.object(body);
        JsonNode context = event.path("context");
        for (String name : List.of("version", "id", "source", "type")) {
            if (!context.path(name).isTextual() || context.path(name).textValue().isEmpty()) {
                throw new RefusedException("the event's context has no " + name);
            }
        }
        Matcher type = TYPE.matcher(context.path("type").textValue());
        if (!type.matches()
                || !PREDICATES.getOrDefault(type.group(1), List.of()).contains(type.group(2))) {
            throw new RefusedException("the event's type is not one of the specification");
        }
        JsonNode time = context.path("timestamp");
        if (!time.isMissingNode() && !isTime(time)) {
            throw new RefusedException("the event's timestamp is no time");
        }
        JsonNode subject = event.path("subject");
        if (!subject.isMissingNode() && !subject.isObject()) {
            throw new RefusedException("the event's subject is not an object");
        }
    }

    private static boolean isTime(JsonNode time) {
        try {
            return time.isTextual() && OffsetDateTime.parse(time.textValue()).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
