package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ObjectFeed;
import dev.sluice.cli.flux.Rows;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists Flux objects and how they are. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description =
                "Lists objects and how they are: get all, get kustomizations, get sources git, get hr NAME.")
final class GetCommand implements Callable<Integer> {

    /** How the objects are printed. */
    enum Output {
        table,
        wide,
        name,
        json,
        yaml
    }

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(
            paramLabel = "KIND [NAME]",
            arity = "1..*",
            completionCandidates = KindCandidates.class,
            description = "What to list.")
    private List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "List the objects of all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = {"-l", "--label-selector"},
            paramLabel = "SELECTOR",
            defaultValue = "",
            description = "List the objects with these labels.")
    private String selector = "";

    @Option(
            names = "--status-selector",
            paramLabel = "READY=VALUE",
            defaultValue = "",
            description = "List the objects with this state, for example ready=false.")
    private String status = "";

    @Option(names = "--no-header", description = "Leave out the names of the columns.")
    private boolean noHeader;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Output output = Output.table;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on with each object that changes.")
    private boolean watch;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = FluxOptions.kinds(words);
        if (!status.isEmpty() && !status.matches("(?i)ready=(true|false|unknown)")) {
            throw new CommandFailure(
                    "--status-selector takes ready=true, ready=false or ready=unknown.", 2);
        }
        return flux.with(cluster -> watch ? follow(asked, cluster) : show(asked, cluster));
    }

    /** The rows there are, then those of what changes; the columns stay as wide as they were. */
    private int follow(KindWords asked, FluxCluster cluster)
            throws ClusterException, CommandFailure {
        if (asked.kinds().size() != 1) {
            throw new CommandFailure("Name one kind to watch.", 2);
        }
        ServedKind kind = asked.kinds().getFirst();
        var table = new Table();
        if (!noHeader) {
            table.add(rows(false).header(kind));
        }
        objects(cluster, kind, asked.rest()).stream()
                .filter(this::hasStatus)
                .forEach(object -> table.add(rows(false).row(object)));
        table.lines().forEach(line -> flux.print(flux.style().row(line)));
        var shown = new HashSet<>(table.lines());
        new ObjectFeed(cluster.client(), kind.path(allNamespaces ? "" : flux.namespace()), selector)
                .follow(json -> {
                    var object = new LiveObject(kind, json);
                    if (hasStatus(object)
                            && (asked.rest().isEmpty() || asked.rest().contains(object.name()))) {
                        table.add(rows(false).row(object));
                        String line = table.lastLine();
                        if (shown.add(line)) {
                            flux.print(flux.style().row(line));
                        }
                    }
                });
        return 0;
    }

    private Rows rows(boolean several) {
        return new Rows(allNamespaces, several, output == Output.wide ? clock.instant() : null);
    }

    private boolean hasStatus(LiveObject object) {
        return status.isEmpty() || status.equalsIgnoreCase("ready=" + object.ready());
    }

    private int show(KindWords asked, FluxCluster cluster) throws ClusterException, CommandFailure {
        var found = new ArrayList<LiveObject>();
        boolean several = asked.kinds().size() > 1;
        var tables = new ArrayList<String>();
        for (ServedKind kind : asked.kinds()) {
            List<LiveObject> named = objects(cluster, kind, asked.rest());
            List<LiveObject> wanted = named.stream().filter(this::hasStatus).toList();
            found.addAll(wanted);
            if (!named.isEmpty()) {
                tables.add(table(kind, wanted, several));
            }
        }
        switch (output) {
            case table, wide -> printTables(tables, asked, several);
            case name ->
                    found.forEach(o ->
                            flux.print(
                                    o.kind().singular() + "." + o.kind().group() + "/" + o.name()));
            case json -> flux.print(list(found).toPrettyString());
            case yaml -> flux.printYaml(list(found));
        }
        return 0;
    }

    private List<LiveObject> objects(FluxCluster cluster, ServedKind kind, List<String> names)
            throws ClusterException {
        return cluster.list(kind, allNamespaces ? "" : flux.namespace(), selector).stream()
                .filter(object -> names.isEmpty() || names.contains(object.name()))
                .toList();
    }

    private String table(ServedKind kind, List<LiveObject> objects, boolean several) {
        Rows rows = rows(several);
        var table = new Table();
        if (!noHeader) {
            table.add(rows.header(kind));
        }
        objects.forEach(object -> table.add(rows.row(object)));
        return table.lines().stream()
                .map(flux.style()::row)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private void printTables(List<String> tables, KindWords asked, boolean several)
            throws CommandFailure {
        if (tables.isEmpty() && !asked.rest().isEmpty()) {
            throw CommandFailure.notFound(
                    asked.kinds().getFirst().name() + " object",
                    String.join("', '", asked.rest()),
                    flux.namespace());
        }
        if (tables.isEmpty() && !several) {
            throw CommandFailure.noneFound(
                    asked.kinds().getFirst().name(), allNamespaces ? "" : flux.namespace());
        }
        // Of several kinds flux says nothing where there is nothing.
        if (!tables.isEmpty()) {
            flux.print(String.join(System.lineSeparator().repeat(2), tables));
        }
    }

    private static ObjectNode list(List<LiveObject> objects) {
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
        var items = list.putArray("items");
        for (LiveObject object : objects) {
            JsonNode json = object.json().deepCopy();
            if (json.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            items.add(json);
        }
        return list;
    }
}
