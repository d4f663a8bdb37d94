package dev.sluice.cli.flux;

import java.util.ArrayList;
import java.util.List;

/** How wide the columns of a table are: all rows are measured before the first is laid out. */
public final class Columns {

    private final List<Integer> widths = new ArrayList<>();

    public Columns() {}

    public void measure(List<String> row) {
        for (int i = 0; i < row.size(); i++) {
            int width = onOneLine(row.get(i)).length();
            if (i == widths.size()) {
                widths.add(width);
            } else {
                widths.set(i, Math.max(widths.get(i), width));
            }
        }
    }

    /** The row as a line, without blanks at its end. */
    public String line(List<String> row) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = onOneLine(row.get(i));
            line.append(cell).repeat(' ', widths.get(i) - cell.length()).append('\t');
        }
        return line.toString().stripTrailing();
    }

    /** A message may have several lines, and control characters that would act on the terminal. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
