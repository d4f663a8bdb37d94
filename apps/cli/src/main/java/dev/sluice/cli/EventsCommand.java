package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.Age;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ObjectFeed;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the events about Flux objects. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Lists the events about objects, the latest last.")
final class EventsCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "List the events of all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = "--for",
            paramLabel = "KIND/NAME",
            defaultValue = "",
            description = "List the events about this object and its source.")
    private String about = "";

    @Option(
            names = "--types",
            paramLabel = "TYPE",
            split = ",",
            description = "Normal, Warning or both.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--no-header", description = "Leave out the names of the columns.")
    private boolean noHeader;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on with new events as they come.")
    private boolean watch;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws CommandFailure {
        return flux.with(this::show);
    }

    private int show(FluxCluster cluster) throws ClusterException, CommandFailure {
        List<String> objects = about.isEmpty() ? List.of() : withSource(cluster);
        Instant now = clock.instant();
        var table = new Table();
        if (!noHeader) {
            table.add(
                    row(
                            allNamespaces,
                            "NAMESPACE",
                            List.of("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE")));
        }
        String namespace = allNamespaces ? "" : flux.namespace();
        cluster.events(namespace).stream()
                .filter(event -> isWanted(event, objects))
                .sorted(Comparator.comparing(EventsCommand::lastSeen))
                .forEach(event -> add(table, event, now));
        table.lines().forEach(flux::print);
        if (watch) {
            new ObjectFeed(cluster.client(), FluxCluster.eventsPath(namespace), "")
                    .follow(event -> {
                        if (isWanted(event, objects) && !lastSeen(event).isBefore(now)) {
                            add(table, event, clock.instant());
                            flux.print(table.lastLine());
                        }
                    });
        }
        return 0;
    }

    private boolean isWanted(JsonNode event, List<String> objects) {
        return ServedKind.called(event.at("/involvedObject/kind").asText()).isPresent()
                && (objects.isEmpty() || objects.contains(object(event)))
                && (types.isEmpty() || types.contains(event.path("type").asText()));
    }

    private void add(Table table, JsonNode event, Instant now) {
        table.add(row(allNamespaces, event.at("/metadata/namespace").asText(), cells(event, now)));
    }

    /** The object that was asked for and the source that it names. */
    private List<String> withSource(FluxCluster cluster) throws ClusterException, CommandFailure {
        KindWords asked = FluxOptions.oneKind(List.of(about));
        String name = asked.rest().isEmpty() ? "" : asked.rest().getFirst();
        LiveObject object =
                cluster.find(asked.kinds().getFirst(), flux.namespace(), name)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "✗ "
                                                + about
                                                + " not found in \""
                                                + flux.namespace()
                                                + "\" namespace"));
        var objects = new ArrayList<>(List.of(object.kind().name() + "/" + object.name()));
        object.source().ifPresent(source -> objects.add(source.display()));
        return objects;
    }

    private static List<String> row(boolean withNamespace, String namespace, List<String> cells) {
        var row = new ArrayList<String>();
        if (withNamespace) {
            row.add(namespace);
        }
        row.addAll(cells);
        return row;
    }

    private static List<String> cells(JsonNode event, Instant now) {
        return List.of(
                Age.of(Duration.between(lastSeen(event), now)),
                event.path("type").asText(),
                event.path("reason").asText(),
                object(event),
                event.path("message").asText());
    }

    private static String object(JsonNode event) {
        return event.at("/involvedObject/kind").asText()
                + "/"
                + event.at("/involvedObject/name").asText();
    }

    /**
     * Newer events have a time of their own or a series, older ones the time when they were last
     * seen.
     */
    private static Instant lastSeen(JsonNode event) {
        return Optional.of(event.at("/series/lastObservedTime").asText(""))
                .filter(time -> !time.isEmpty())
                .or(() ->
                        Optional.of(event.path("lastTimestamp").asText(""))
                                .filter(time -> !time.isEmpty() && !time.equals("null")))
                .or(() ->
                        Optional.of(event.path("eventTime").asText(""))
                                .filter(time -> !time.isEmpty() && !time.equals("null")))
                .map(time -> OffsetDateTime.parse(time).toInstant())
                .orElse(Instant.EPOCH);
    }
}
