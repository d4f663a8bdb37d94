package dev.sluice.standalone.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run measured.
 *
 * @param deliveries in the fleet, each of {@link BenchFleet#OBJECTS} objects
 * @param memory of the process at the end, in MiB, broker included; -1 where unknown
 */
record Report(int deliveries, int processors, long memory, List<Step> steps) {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    Report {
        steps = List.copyOf(steps);
    }

    /**
     * One part of a run.
     *
     * @param name the same in every run, so that runs can be compared
     * @param seconds until what the name says was so
     * @param cpuSeconds of the process
     * @param requests to the API server; -1 where it does not tell
     * @param stages by name, in the order of the road, each with its queue, in milliseconds
     */
    record Step(
            String name,
            double seconds,
            double cpuSeconds,
            long requests,
            Map<String, Spread> stages) {

        Step {
            stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
        }
    }

    static Report read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + '\n');
    }

    @Nullable Step step(String name) {
        return steps.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }
}
