package dev.sluice.cli.flux;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns of even width. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table() {}

    public void add(List<String> row) {
        rows.add(row.stream().map(Table::onOneLine).toList());
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        List<Integer> widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** The last line alone, in the columns of all. */
    public String lastLine() {
        return line(rows.getLast(), widths());
    }

    private List<Integer> widths() {
        var widths = new ArrayList<Integer>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).repeat(' ', widths.get(i) - row.get(i).length()).append('\t');
        }
        return line.toString().stripTrailing();
    }

    /** A message may have several lines, and control characters that would act on the terminal. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
