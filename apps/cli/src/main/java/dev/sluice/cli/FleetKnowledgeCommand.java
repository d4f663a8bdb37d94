package dev.sluice.cli;

import dev.sluice.cli.fleet.Knowledge;
import dev.sluice.mirror.Marks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice fleet knowledge}: how old what the centre knows of each cluster is. */
@Command(
        name = "knowledge",
        mixinStandardHelpOptions = true,
        description = {
            "Tells when the central Kafka last heard of each cluster, and how much it had not heard of yet then.",
            "AGE is that of the knowledge: since the last word, and where that was behind, since what it had not told yet. HISTORY is what the cluster's disk holds, and its bound.",
            "Exit codes: 0 all is fresh, 1 something is stale or unknown or the centre does not answer, 2 wrong use."
        })
final class FleetKnowledgeCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--central-kafka",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The central Kafka.")
    private String kafka = "";

    @Option(
            names = "--central-kafka-settings",
            paramLabel = "FILE",
            description = "Client settings for it (TLS, SASL), as Java properties.")
    private @Nullable Path settings;

    @Option(
            names = "--stale-after",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "After how long without a word it is stale; ${DEFAULT-VALUE} by default.")
    private int staleAfter = 120;

    @Option(
            names = "--expect",
            paramLabel = "CLUSTER",
            split = ",",
            description =
                    "A cluster that must be there; may be given more than once. One that was never heard of is 'unknown'.")
    private List<String> expected = List.of();

    @Override
    public Integer call() throws CommandFailure {
        Marks marks;
        try {
            marks = Marks.read(client());
        } catch (KafkaException e) {
            throw new CommandFailure("the central Kafka " + kafka + ": " + e.getMessage() + ".");
        }
        Knowledge knowledge =
                Knowledge.of(
                        marks,
                        expected,
                        Duration.ofSeconds(staleAfter),
                        Clock.systemUTC().instant());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        knowledge.table().lines().forEach(out::println);
        out.flush();
        return knowledge.fresh() ? 0 : 1;
    }

    private Map<String, Object> client() throws CommandFailure {
        Map<String, Object> client = new HashMap<>();
        if (settings != null) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(settings)) {
                properties.load(in);
            } catch (IOException e) {
                throw new CommandFailure(settings + " cannot be read: " + e.getMessage() + ".", 2);
            }
            properties.forEach((name, value) -> client.put(String.valueOf(name), value));
        }
        client.put("bootstrap.servers", kafka);
        client.put("default.api.timeout.ms", 15_000);
        return client;
    }
}
