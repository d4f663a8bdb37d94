package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.Rows;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.Table;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        name,
        json,
        yaml
    }

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(paramLabel = "KIND [NAME]", arity = "1..*", description = "What to list.")
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

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = FluxOptions.kinds(words);
        if (!status.isEmpty() && !status.matches("(?i)ready=(true|false|unknown)")) {
            throw new CommandFailure(
                    "--status-selector takes ready=true, ready=false or ready=unknown.", 2);
        }
        return flux.with(cluster -> show(asked, cluster));
    }

    private int show(KindWords asked, FluxCluster cluster) throws ClusterException {
        var found = new ArrayList<LiveObject>();
        boolean several = asked.kinds().size() > 1;
        var tables = new ArrayList<String>();
        for (ServedKind kind : asked.kinds()) {
            List<LiveObject> objects = objects(cluster, kind, asked.rest());
            found.addAll(objects);
            if (!objects.isEmpty()) {
                tables.add(table(kind, objects, several));
            }
        }
        switch (output) {
            case table -> printTables(tables, asked, several);
            case name ->
                    found.forEach(o ->
                            flux.print(
                                    o.kind().singular() + "." + o.kind().group() + "/" + o.name()));
            case json -> flux.print(list(found).toPrettyString());
            case yaml ->
                    flux.print(
                            YamlWriter.manifest(JsonTrees.fromJson(list(found))).stripTrailing());
        }
        return 0;
    }

    private List<LiveObject> objects(FluxCluster cluster, ServedKind kind, List<String> names)
            throws ClusterException {
        return cluster.list(kind, allNamespaces ? "" : flux.namespace(), selector).stream()
                .filter(object -> names.isEmpty() || names.contains(object.name()))
                .filter(object ->
                        status.isEmpty() || status.equalsIgnoreCase("ready=" + object.ready()))
                .toList();
    }

    private String table(ServedKind kind, List<LiveObject> objects, boolean several) {
        var rows = new Rows(allNamespaces, several);
        var table = new Table();
        if (!noHeader) {
            table.add(rows.header(kind));
        }
        objects.forEach(object -> table.add(rows.row(object)));
        return String.join(System.lineSeparator(), table.lines());
    }

    private void printTables(List<String> tables, KindWords asked, boolean several) {
        if (tables.isEmpty()) {
            String what = several ? "" : asked.kinds().getFirst().name() + " ";
            String where =
                    allNamespaces ? "any namespace" : "\"" + flux.namespace() + "\" namespace";
            flux.tell("✗ no " + what + "objects found in " + where);
        } else {
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
