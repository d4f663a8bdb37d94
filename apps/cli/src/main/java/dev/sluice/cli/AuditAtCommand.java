package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.audit.Deployment;
import dev.sluice.cli.audit.FleetState;
import dev.sluice.cli.audit.Manifests;
import dev.sluice.cli.flux.Table;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryId;
import dev.sluice.manifests.ObjectId;
import dev.sluice.manifests.ObjectText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what was deployed at a moment. */
@Command(
        name = "at",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what was deployed where at a moment of the past.",
            "-o yaml prints the manifests as they were built, from the artifact store; secrets show as ***.",
            "Exit codes: 0 done, 1 manifests are missing in the store, 2 wrong use."
        })
final class AuditAtCommand implements Callable<Integer> {

    /** The formats. */
    enum Format {
        text,
        wide,
        json,
        yaml
    }

    @Parameters(paramLabel = "TIME", description = "2026-11-23T14:05:00Z, a day, 15m (ago) or now.")
    private String time = "";

    @Mixin private LogOptions log = new LogOptions();

    @Mixin private DeliveryOptions deliveries = new DeliveryOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, wide (with the objects), json, or yaml (the manifests); default: ${DEFAULT-VALUE}.")
    private Format output = Format.text;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        Instant moment = LogOptions.moment(time);
        List<Deployment> deployments =
                log.read(from -> FleetState.at(from, moment, deliveries.wanted()));
        PrintWriter out = spec.commandLine().getOut();
        int code = 0;
        switch (output) {
            case text, wide -> text(deployments, out);
            case json -> out.println(json(deployments, moment));
            case yaml -> code = yaml(deployments, out);
        }
        out.flush();
        return code;
    }

    private void text(List<Deployment> deployments, PrintWriter out) {
        Table table = new Table();
        table.add(
                List.of(
                        "CLUSTER",
                        "KIND",
                        "NAMESPACE",
                        "NAME",
                        "STATE",
                        "REVISION",
                        "SINCE",
                        "AUTHOR",
                        "OBJECTS",
                        "MESSAGE"));
        for (Deployment d : deployments) {
            DeliveryId id = d.delivery();
            Commit commit = d.commit();
            table.add(
                    List.of(
                            id.cluster(),
                            id.kind(),
                            id.namespace(),
                            id.name(),
                            d.state(),
                            d.applied().source().revision(),
                            d.since().toString(),
                            commit == null ? "" : commit.author(),
                            Integer.toString(d.applied().objects().size()),
                            d.message()));
            if (output == Format.wide) {
                for (AppliedObject object : d.applied().objects()) {
                    table.add(List.of("", "", "", "  " + display(object)));
                }
            }
        }
        table.lines().forEach(out::println);
    }

    private int yaml(List<Deployment> deployments, PrintWriter out) throws CommandFailure {
        Manifests manifests;
        try {
            manifests = Manifests.in(log.data());
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
        int code = 0;
        for (Deployment d : deployments) {
            out.println(
                    "# %s at %s, applied %s (%s)"
                            .formatted(
                                    d.delivery(),
                                    d.applied().source().revision(),
                                    d.since(),
                                    d.event()));
            try {
                out.print(ObjectText.of(manifests.of(d)));
            } catch (IOException e) {
                out.println("# its manifests are not there: " + e.getMessage());
                code = 1;
            }
        }
        return code;
    }

    private static String json(List<Deployment> deployments, Instant moment) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("time", moment.toString());
        ArrayNode list = json.putArray("deliveries");
        deployments.forEach(deployment -> list.add(json(deployment, mapper)));
        return json.toPrettyString();
    }

    static ObjectNode json(Deployment d, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("cluster", d.delivery().cluster());
        json.put("kind", d.delivery().kind());
        json.put("namespace", d.delivery().namespace());
        json.put("name", d.delivery().name());
        json.put("state", d.state());
        json.put("message", d.message());
        json.put("revision", d.applied().source().revision());
        json.put("source", d.applied().source().source().toString());
        json.put("artifact", d.applied().source().digest());
        json.put("content", d.applied().content());
        json.put("since", d.since().toString());
        json.put("event", d.event());
        if (d.applied().from() != null) {
            json.put("bundle", d.applied().from().bundle().digest());
            // A database gives the fields back in another order than the log.
            json.set("spec", sorted(d.applied().from().spec()));
        }
        if (d.commit() != null) {
            json.putObject("commit")
                    .put("sha", d.commit().sha())
                    .put("author", d.commit().author())
                    .put("time", d.commit().time().toString())
                    .put("message", d.commit().message());
        }
        ArrayNode objects = json.putArray("objects");
        for (AppliedObject object : d.applied().objects()) {
            ObjectNode one = objects.addObject();
            ObjectId id = ObjectId.parse(object.id());
            one.put("group", id.group());
            one.put("version", object.version());
            one.put("kind", id.kind());
            one.put("namespace", id.namespace());
            one.put("name", id.name());
            one.put("uid", object.uid());
            one.put("resourceVersion", object.resourceVersion());
        }
        return json;
    }

    private static JsonNode sorted(JsonNode tree) {
        if (tree.isObject()) {
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            tree.propertyStream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
            return sorted;
        }
        if (tree.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            tree.forEach(each -> list.add(sorted(each)));
            return list;
        }
        return tree;
    }

    private static String display(AppliedObject object) {
        return ObjectId.parse(object.id()).display();
    }
}
