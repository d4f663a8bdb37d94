package dev.sluice.cli.fleet;

import dev.sluice.cli.fleet.Preview.Action;
import dev.sluice.cli.fleet.Preview.Change;
import dev.sluice.cli.fleet.Preview.Cluster;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A preview for people: for a terminal, or as the comment of a merge request. */
public final class PreviewText {

    private PreviewText() {}

    /** One line per change, with its fields below it. */
    public static String plain(List<Cluster> clusters) {
        StringBuilder text = new StringBuilder();
        for (Cluster cluster : clusters) {
            text.append(cluster.path()).append(": ").append(summary(cluster)).append('\n');
            for (Change change : cluster.changes()) {
                text.append("  ")
                        .append(sign(change.action()))
                        .append(' ')
                        .append(change.object())
                        .append(" (")
                        .append(change.by())
                        .append(")\n");
                change.fields().forEach(field -> text.append("      ").append(field).append('\n'));
            }
            cluster.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        }
        return text.toString();
    }

    /** A table of the clusters, then the changes of each, folded. */
    public static String markdown(List<Cluster> clusters) {
        StringBuilder text =
                new StringBuilder(
                        "### What this would change\n\n| cluster | created | configured | deleted | |\n| --- | --- | --- | --- | --- |\n");
        for (Cluster cluster : clusters) {
            text.append("| `").append(cluster.path()).append("` |");
            for (Action action : Action.values()) {
                text.append(' ').append(count(cluster, action)).append(" |");
            }
            text.append(cluster.failure() == null ? " |\n" : " cannot be rendered |\n");
        }
        for (Cluster cluster : clusters) {
            if (cluster.failure() != null) {
                text.append("\n**`")
                        .append(cluster.path())
                        .append("` cannot be rendered:**\n\n```\n")
                        .append(fenced(cluster.failure()))
                        .append("\n```\n");
            } else if (!cluster.changes().isEmpty()) {
                text.append("\n<details><summary><code>")
                        .append(cluster.path())
                        .append("</code>: ")
                        .append(summary(cluster))
                        .append("</summary>\n\n```\n")
                        .append(fenced(plain(List.of(cluster))))
                        .append("```\n\n</details>\n");
            }
        }
        return text.toString();
    }

    private static String summary(Cluster cluster) {
        if (cluster.failure() != null) {
            return "cannot be rendered: " + cluster.failure();
        }
        return cluster.changes().isEmpty()
                ? "no change"
                : Arrays.stream(Action.values())
                        .filter(action -> count(cluster, action) > 0)
                        .map(action -> count(cluster, action) + " " + action)
                        .collect(Collectors.joining(", "));
    }

    private static long count(Cluster cluster, Action action) {
        return cluster.changes().stream().filter(c -> c.action() == action).count();
    }

    private static String sign(Action action) {
        return switch (action) {
            case created -> "+";
            case configured -> "~";
            case deleted -> "-";
        };
    }

    /** What was written in a repository must not end the block that shows it. */
    private static String fenced(String text) {
        return text.replace("```", "` ` `");
    }
}
