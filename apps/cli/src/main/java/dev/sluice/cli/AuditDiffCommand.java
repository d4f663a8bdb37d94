package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.audit.Deployment;
import dev.sluice.cli.audit.FleetDifference;
import dev.sluice.cli.audit.FleetState;
import dev.sluice.events.Commit;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what differs between two moments. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Tells what was deployed differently at two moments.")
final class AuditDiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TIME1", description = "As for 'audit at'.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "TIME2", description = "As for 'audit at'.")
    private String second = "";

    @Mixin private LogOptions log = new LogOptions();

    @Mixin private DeliveryOptions deliveries = new DeliveryOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default: ${DEFAULT-VALUE}.")
    private AuditFormat output = AuditFormat.text;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        if (output == AuditFormat.csv) {
            throw new CommandFailure("audit diff prints text or json", 2);
        }
        Instant from = LogOptions.moment(first);
        Instant to = LogOptions.moment(second);
        List<List<Deployment>> states =
                log.read(moments -> FleetState.at(moments, List.of(from, to), deliveries.wanted()));
        List<FleetDifference> differences =
                FleetDifference.between(states.getFirst(), states.getLast());
        PrintWriter out = spec.commandLine().getOut();
        if (output == AuditFormat.json) {
            out.println(json(differences));
        } else {
            differences.forEach(difference -> text(difference, out));
        }
        out.flush();
        return 0;
    }

    private static void text(FleetDifference difference, PrintWriter out) {
        String sign = difference.before() == null ? "+" : difference.after() == null ? "-" : "~";
        out.println(
                "%s %s  %s -> %s%s"
                        .formatted(
                                sign,
                                difference.delivery(),
                                revision(difference.before()),
                                revision(difference.after()),
                                by(difference.after())));
        difference.added().forEach(object -> out.println("    + " + object));
        difference.removed().forEach(object -> out.println("    - " + object));
        difference.changed().forEach(object -> out.println("    ~ " + object));
    }

    private static String revision(@Nullable Deployment deployment) {
        return deployment == null ? "nothing" : deployment.applied().source().revision();
    }

    private static String by(@Nullable Deployment deployment) {
        Commit commit = deployment == null ? null : deployment.commit();
        return commit == null ? "" : "  " + commit.author() + ": " + commit.message();
    }

    private static String json(List<FleetDifference> differences) {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode list = mapper.createArrayNode();
        for (FleetDifference difference : differences) {
            ObjectNode one = list.addObject();
            one.put("delivery", difference.delivery());
            one.put("before", difference.before() == null ? null : revision(difference.before()));
            one.put("after", difference.after() == null ? null : revision(difference.after()));
            one.set("added", mapper.valueToTree(difference.added()));
            one.set("removed", mapper.valueToTree(difference.removed()));
            one.set("changed", mapper.valueToTree(difference.changed()));
        }
        return list.toPrettyString();
    }
}
