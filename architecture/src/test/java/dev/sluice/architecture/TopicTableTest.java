package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of topics in ARCHITECTURE.md is made from the code: the topics, and the channels of the
 * services.
 */
class TopicTableTest {

    private static final String BEGIN = "<!-- topics:begin -->\n";
    private static final String END = "<!-- topics:end -->";

    @Test
    void theTableInArchitectureMdIsTheOneOfTheCode() throws IOException {
        String page =
                Files.readString(
                        Path.of(System.getProperty("sluice.root")).resolve("ARCHITECTURE.md"));

        String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));

        assertThat(table).as("put this table between the markers").isEqualTo(table());
    }

    private static String table() throws IOException {
        Map<String, List<String>> writers = Channels.topics("mp.messaging.outgoing.");
        Map<String, List<String>> readers = Channels.topics("mp.messaging.incoming.");
        StringBuilder table =
                new StringBuilder(
                        "| topic | kind | written by | taken by | events |\n| --- | --- | --- | --- | --- |\n");
        for (Topic topic : Topic.values()) {
            table.append("| `")
                    .append(topic.topicName())
                    .append("` | ")
                    .append(topic.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(String.join(", ", writers.getOrDefault(topic.topicName(), List.of())))
                    .append(" | ")
                    .append(String.join(", ", readers.getOrDefault(topic.topicName(), List.of())))
                    .append(" | ")
                    .append(
                            topic.carries().stream()
                                    .map(type -> "`" + EventCodec.wordOf(type) + "`")
                                    .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return table.toString();
    }
}
