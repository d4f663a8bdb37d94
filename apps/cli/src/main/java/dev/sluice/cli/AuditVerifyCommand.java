package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.audit.Finding;
import dev.sluice.audit.TrustedKeys;
import dev.sluice.audit.Verification;
import dev.sluice.audit.VerificationReport;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds what was changed in the log since it was written. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that every record of the log is as its service wrote it, that none is missing and that none was put elsewhere.",
            "Exit codes: 0 all is as it was written, 1 something is not, 2 wrong use."
        })
final class AuditVerifyCommand implements Callable<Integer> {

    @Mixin private LogOptions options = new LogOptions();

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description =
                    "Public keys of the services, files <service>.pub as they lie in the keys folder of a data directory. A copy that was taken to another place tells more: who changes a log may change the keys beside it.")
    private @Nullable Path keys;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default: ${DEFAULT-VALUE}.")
    private String output = "text";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        if (!output.equals("text") && !output.equals("json")) {
            throw new CommandFailure("--output '" + output + "' is not text or json", 2);
        }
        RecordLog log = options.log();
        TrustedKeys trusted = trusted();
        Verification verification = new Verification(trusted);
        try {
            log.read(
                    Arrays.stream(Topic.values())
                            .filter(topic -> topic.kind() != Topic.Kind.NOTES)
                            .toList(),
                    verification);
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
        VerificationReport report = verification.report();
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.equals("json") ? json(report) : text(report, trusted));
        out.flush();
        return report.findings().isEmpty() ? 0 : 1;
    }

    private TrustedKeys trusted() throws CommandFailure {
        Path directory = keys;
        if (directory == null) {
            if (!options.hasData()) {
                return TrustedKeys.none();
            }
            directory = options.data().resolve("keys");
        } else if (!Files.isDirectory(directory)) {
            throw new CommandFailure("--keys " + directory + " is not a directory", 2);
        }
        try {
            return TrustedKeys.in(directory);
        } catch (IOException e) {
            throw new CommandFailure(
                    "the keys in " + directory + " cannot be read: " + e.getMessage(), 2);
        }
    }

    private static String text(VerificationReport report, TrustedKeys trusted) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : report.findings()) {
            text.append("✗ ").append(finding).append('\n');
        }
        text.append(report.findings().isEmpty() ? "✔ " : "✗ ")
                .append(
                        "%d records, %d signed, %d findings"
                                .formatted(
                                        report.records(),
                                        report.signed(),
                                        report.findings().size()));
        if (report.unsigned() > 0) {
            text.append("\n► ")
                    .append(report.unsigned())
                    .append(" records carry no signature: nothing is known of them");
        }
        String cut =
                report.begins().entrySet().stream()
                        .filter(partition -> partition.getValue() > 0)
                        .map(partition -> partition.getKey() + '@' + partition.getValue())
                        .collect(Collectors.joining(", "));
        if (!cut.isEmpty()) {
            text.append("\n► what was before is gone, as retention does it: the log begins at ")
                    .append(cut);
        }
        if (trusted.isEmpty()) {
            text.append(
                    "\n► no public keys are known (--keys), so who signed is not checked; they signed with:");
            report.keys()
                    .forEach((service, used) ->
                            text.append("\n  ").append(service).append(' ').append(used));
        }
        return text.toString();
    }

    private static String json(VerificationReport report) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("records", report.records());
        json.put("signed", report.signed());
        json.put("unsigned", report.unsigned());
        json.set("begins", mapper.valueToTree(report.begins()));
        json.set("keys", mapper.valueToTree(report.keys()));
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : report.findings()) {
            ObjectNode one = findings.addObject();
            one.put("kind", finding.kind().word());
            one.put("place", finding.place());
            one.put("topic", finding.topic());
            one.put("partition", finding.partition());
            one.put("offset", finding.offset());
            one.put("key", finding.key());
            one.put("event", finding.event());
            one.put("message", finding.message());
        }
        return json.toPrettyString();
    }
}
