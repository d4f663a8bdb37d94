package dev.sluice.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The channels of all services on the class path, by their configuration. */
final class Channels {

    /** The notifier shares out the announcements, which a channel cannot do. */
    private static final Map<String, List<String>> WITHOUT_CHANNEL =
            Map.of(
                    "mp.messaging.incoming.", List.of("sluice.announcements", "sluice.attempts"),
                    "mp.messaging.outgoing.", List.of("sluice.attempts"));

    private Channels() {}

    /**
     * Topic to services, from the channels {@code <service>-<what>} of all modules on the class
     * path.
     */
    static Map<String, List<String>> topics(String direction) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        Enumeration<URL> files =
                Channels.class
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
                            channel.equals("dead-letters") || channel.startsWith("every-stage-")
                                    ? "every stage"
                                    : channel.substring(0, channel.lastIndexOf('-'));
                    if (!of.contains(service)) {
                        of.add(service);
                    }
                }
            });
        }
        WITHOUT_CHANNEL
                .getOrDefault(direction, List.of())
                .forEach(topic ->
                        services.computeIfAbsent(topic, _ -> new ArrayList<>()).add("notifier"));
        services.values().forEach(list -> list.sort(null));
        return services;
    }
}
