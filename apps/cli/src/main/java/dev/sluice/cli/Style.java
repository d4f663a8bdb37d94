package dev.sluice.cli;

import java.io.Console;
import java.util.Map;

/** Colours, on a terminal only, and never where {@code NO_COLOR} is set. */
final class Style {

    private static final String END = "\u001b[0m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";

    private final boolean colours;

    Style(boolean colours) {
        this.colours = colours;
    }

    /**
     * That of this process. From JDK 25 on there is no console again where there is no terminal.
     */
    @SuppressWarnings("SystemConsoleNull")
    static Style ofTerminal(Map<String, String> environment) {
        Console console = System.console();
        return new Style(
                console != null
                        && console.isTerminal()
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb"));
    }

    /** Colours the sign at the beginning of a line, and what a state or a change says. */
    String line(String line) {
        if (!colours || line.isEmpty()) {
            return line;
        }
        return switch (line.charAt(0)) {
            case '✔' -> GREEN + '✔' + END + line.substring(1);
            case '✗' -> RED + '✗' + END + line.substring(1);
            case '►', '◎' -> BLUE + line.charAt(0) + END + line.substring(1);
            case '⚠' -> YELLOW + '⚠' + END + line.substring(1);
            default -> line;
        };
    }

    /** A line of a comparison. */
    String change(String line) {
        if (!colours || line.isEmpty()) {
            return line;
        }
        return switch (line.charAt(0)) {
            case '-' -> RED + line + END;
            case '+' -> GREEN + line + END;
            case '±' -> YELLOW + line + END;
            case '►' -> BLUE + line + END;
            default -> line;
        };
    }

    /** A row of a table: what is not ready stands out. */
    String row(String row) {
        return colours
                ? row.replaceFirst("\t(False *)\t(?!False|True)", "\t" + RED + "$1" + END + "\t")
                        .replaceFirst("\t(Unknown *)\t", "\t" + YELLOW + "$1" + END + "\t")
                : row;
    }
}
