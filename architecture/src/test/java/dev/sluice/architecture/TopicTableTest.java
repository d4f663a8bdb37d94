package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
        Map<String, List<String>> writers = services("mp.messaging.outgoing.");
        Map<String, List<String>> readers = services("mp.messaging.incoming.");
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

    /**
     * Topic to services, from the channels {@code <service>-<what>} of all modules on the class
     * path.
     */
    private static Map<String, List<String>> services(String direction) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        Enumeration<URL> files =
                TopicTableTest.class
                        .getClassLoader()
                        .getResources("META-INF/microprofile-config.properties");
        while (files.hasMoreElements()) {
            Properties properties = new Properties();
            try (InputStream in = files.nextElement().openStream()) {
                properties.load(in);
            }
            properties.forEach((key, value) -> {
                String name = key.toString();
                if (name.startsWith(direction) && name.endsWith(".topic")) {
                    String channel =
                            name.substring(direction.length(), name.length() - ".topic".length());
                    List<String> of =
                            services.computeIfAbsent(value.toString(), topic -> new ArrayList<>());
                    String service =
                            channel.equals("dead-letters")
                                    ? "every stage"
                                    : channel.substring(0, channel.lastIndexOf('-'));
                    if (!of.contains(service)) {
                        of.add(service);
                    }
                }
            });
        }
        services.values().forEach(list -> list.sort(null));
        return services;
    }
}
