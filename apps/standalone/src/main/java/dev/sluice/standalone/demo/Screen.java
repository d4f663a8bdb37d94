package dev.sluice.standalone.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** What the visitor sees: headings, lines of events, hints. Colours only on a terminal. */
public final class Screen {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    private final PrintStream out;
    private final boolean colours;

    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public static Screen terminal() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Screen(System.out, terminal && System.getenv("NO_COLOR") == null);
    }

    public void heading(String text) {
        out.println();
        out.println(paint(BOLD, "== " + text));
    }

    public void step(String text) {
        out.println(paint(DIM, "   " + text));
    }

    public void event(String line) {
        out.println("   " + line);
    }

    public void good(String text) {
        out.println(paint(GREEN, "   " + text));
    }

    public void notable(String text) {
        out.println(paint(YELLOW, "   " + text));
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
