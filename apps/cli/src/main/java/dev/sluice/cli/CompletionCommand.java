package dev.sluice.cli;

import dev.sluice.cli.flux.KindWords;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script by which a shell completes commands, options and kinds:",
            "  bash: source <(sluice completion bash)",
            "  zsh:  source <(sluice completion zsh)",
            "  fish: sluice completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final String NAME = "sluice";

    /** The shells. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec private @Nullable CommandSpec command;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        CommandLine all = Commands.all();
        if (shell == Shell.fish) {
            fish(all).forEach(out::println);
        } else {
            // The script sees by itself which of the two shells reads it.
            out.println(AutoComplete.bash(NAME, all));
            families().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    /** After a word such as {@code sources} there are its kinds alone. */
    private static List<String> families() {
        List<String> lines = new ArrayList<>();
        lines.add("_sluice_families() {");
        lines.add("  case \"${COMP_WORDS[COMP_CWORD-1]}\" in");
        KindWords.families()
                .forEach((word, members) ->
                        lines.add(
                                "    %s) COMPREPLY=( $(compgen -W '%s' -- \"${COMP_WORDS[COMP_CWORD]}\") ) ;;"
                                        .formatted(word, String.join(" ", members))));
        lines.add("    *) _complete_" + NAME + " \"$@\" ;;");
        lines.add("  esac");
        lines.add("}");
        lines.add("complete -F _sluice_families -o default " + NAME);
        return lines;
    }

    private static List<String> fish(CommandLine all) {
        List<String> lines = new ArrayList<>();
        lines.add("complete -c " + NAME + " -f");
        visible(all)
                .forEach(each ->
                        lines.add(
                                "complete -c %s -n __fish_use_subcommand -a %s -d %s"
                                        .formatted(NAME, name(each), quoted(about(each)))));
        visible(all).forEach(each -> lines.addAll(fishOf(each, "")));
        return lines;
    }

    private static List<String> fishOf(CommandLine each, String parents) {
        List<String> lines = new ArrayList<>();
        String seen = parents + "__fish_seen_subcommand_from " + name(each);
        for (CommandLine below : visible(each)) {
            lines.add(
                    "complete -c %s -n '%s' -a %s -d %s"
                            .formatted(NAME, seen, name(below), quoted(about(below))));
            lines.addAll(fishOf(below, seen + "; and "));
        }
        for (ArgSpec word : each.getCommandSpec().positionalParameters()) {
            if (word.completionCandidates() instanceof KindCandidates kinds) {
                lines.addAll(fishKinds(kinds, seen));
            } else if (word.completionCandidates() != null) {
                lines.add(
                        "complete -c %s -n '%s' -a '%s'"
                                .formatted(
                                        NAME, seen, String.join(" ", word.completionCandidates())));
            }
        }
        each.getCommandSpec().options().forEach(option -> lines.add(fishOf(option, seen)));
        return lines;
    }

    private static List<String> fishKinds(KindCandidates kinds, String seen) {
        List<String> lines = new ArrayList<>();
        String line = "complete -c %s -n '%s; and %s__fish_seen_subcommand_from %s' -a '%s'";
        lines.add(
                line.formatted(
                        NAME,
                        seen,
                        "not ",
                        String.join(" ", KindWords.families().keySet()),
                        String.join(" ", kinds)));
        KindWords.families()
                .forEach((word, members) ->
                        lines.add(line.formatted(NAME, seen, "", word, String.join(" ", members))));
        return lines;
    }

    private static String fishOf(OptionSpec option, String seen) {
        StringBuilder line = new StringBuilder("complete -c " + NAME + " -n '" + seen + "'");
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceAll("^-+", ""));
        }
        if (option.arity().max() > 0) {
            line.append(option.completionCandidates() == null ? " -r -F" : " -x");
        }
        if (option.completionCandidates() != null) {
            line.append(" -a '")
                    .append(String.join(" ", option.completionCandidates()))
                    .append('\'');
        }
        String[] description = option.description();
        return description.length == 0
                ? line.toString()
                : line.append(" -d ").append(quoted(description[0])).toString();
    }

    private static List<CommandLine> visible(CommandLine line) {
        return line.getSubcommands().values().stream()
                .distinct()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private static String name(CommandLine each) {
        return each.getCommandName();
    }

    private static String about(CommandLine each) {
        String[] description = each.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
