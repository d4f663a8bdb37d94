package dev.sluice.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this process and keeps what they print. */
final class Run {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int sluice(String... args) {
        return Main.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    /** What was printed since it was last taken. */
    String takeOut() {
        return take(out);
    }

    String takeErr() {
        return take(err);
    }

    private static String take(StringWriter writer) {
        String text = writer.toString();
        writer.getBuffer().setLength(0);
        return text;
    }
}
