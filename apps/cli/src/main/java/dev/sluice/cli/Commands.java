package dev.sluice.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The commands by their names. Reading what a command takes costs some milliseconds, so of all of
 * them only the one is read that is asked for.
 */
final class Commands {

    private static final Set<String> ABOUT_ALL = Set.of("-h", "--help", "-V", "--version");
    private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("install", InstallCommand.class);
        ALL.put("bootstrap", BootstrapCommand.class);
        ALL.put("create", CreateCommand.class);
        ALL.put("fleet", FleetCommand.class);
        ALL.put("check", CheckCommand.class);
        ALL.put("version", VersionCommand.class);
        ALL.put("get", GetCommand.class);
        ALL.put("stats", StatsCommand.class);
        ALL.put("tree", TreeCommand.class);
        ALL.put("trace", TraceCommand.class);
        ALL.put("events", EventsCommand.class);
        ALL.put("logs", LogsCommand.class);
        ALL.put("reconcile", ReconcileCommand.class);
        ALL.put("suspend", SuspendCommand.class);
        ALL.put("resume", ResumeCommand.class);
        ALL.put("export", ExportCommand.class);
        ALL.put("build", BuildCommand.class);
        ALL.put("diff", DiffCommand.class);
        ALL.put("envsubst", EnvsubstCommand.class);
        ALL.put("decrypt", DecryptCommand.class);
        ALL.put("encrypt", EncryptCommand.class);
        ALL.put("secrets", SecretsCommand.class);
        ALL.put("trigger", TriggerCommand.class);
        ALL.put("dead-letters", DeadLettersCommand.class);
        ALL.put("audit", AuditCommand.class);
        ALL.put("replay", ReplayCommand.class);
        ALL.put("ledger", LedgerCommand.class);
        ALL.put("completion", CompletionCommand.class);
        ALL.put("train", TrainCommand.class);
    }

    private Commands() {}

    /** With every command, for help and completion. */
    static CommandLine all() {
        CommandLine line = new CommandLine(new Main());
        ALL.forEach(line::addSubcommand);
        return line;
    }

    /** With the command alone that the arguments ask for, or with every one where that is none. */
    static CommandLine of(String[] args) {
        if (args.length == 1 && (args[0].equals("-V") || args[0].equals("--version"))) {
            return new CommandLine(new Main());
        }
        if (args.length > 0 && ALL.containsKey(args[0])) {
            return new CommandLine(new Main()).addSubcommand(args[0], ALL.get(args[0]));
        }
        return all();
    }

    /** Options may stand before the command, as kubectl and flux take them: they belong to it. */
    static String[] inOrder(String... args) {
        for (int i = 0; i < args.length && !ABOUT_ALL.contains(args[i]); i++) {
            if (ALL.containsKey(args[i])) {
                String[] ordered = args.clone();
                System.arraycopy(args, 0, ordered, 1, i);
                ordered[0] = args[i];
                return ordered;
            }
            if (i == 0 && !args[0].startsWith("-")) {
                break;
            }
        }
        return Arrays.copyOf(args, args.length);
    }
}
