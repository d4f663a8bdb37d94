package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a service's log, as far as one can choose lines by it.
 *
 * @param level 0 for debug to 3 for error
 * @param kind of the object that it is about; empty for none
 */
public record LogLine(int level, String kind, String namespace, String name) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LEVEL = Pattern.compile("\\b(TRACE|DEBUG|INFO|WARN|ERROR)\\b");

    /** {@code target=cluster/Kind/namespace/name}, or a part of that. */
    private static final Pattern TARGET =
            Pattern.compile(
                    "\\b(?:target|about)=(?:[^/ ]+/)?([A-Z][A-Za-z]+)/([^/ ]+)/([^/ ]+?)(?: |$)");

    /** Reads a line of Sluice's own, or one in JSON as Flux's controllers write it. */
    public static LogLine read(String line) {
        if (line.startsWith("{")) {
            try {
                JsonNode json = JSON.readTree(line);
                return new LogLine(
                        level(json.path("level").asText().toUpperCase(Locale.ROOT)),
                        json.path("controllerKind").asText(),
                        json.path("namespace").asText(),
                        json.path("name").asText());
            } catch (IOException e) {
                return new LogLine(1, "", "", "");
            }
        }
        Matcher level = LEVEL.matcher(line);
        Matcher target = TARGET.matcher(line);
        boolean about = target.find();
        return new LogLine(
                level.find() ? level(level.group()) : 1,
                about ? target.group(1) : "",
                about ? target.group(2) : "",
                about ? target.group(3) : "");
    }

    private static int level(String word) {
        return switch (word) {
            case "TRACE", "DEBUG" -> 0;
            case "WARN" -> 2;
            case "ERROR", "FATAL" -> 3;
            default -> 1;
        };
    }
}
