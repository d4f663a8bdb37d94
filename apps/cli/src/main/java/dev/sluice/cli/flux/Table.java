package dev.sluice.cli.flux;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns of even width. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final Columns columns = new Columns();

    public Table() {}

    public void add(List<String> row) {
        rows.add(row);
        columns.measure(row);
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        return rows.stream().map(columns::line).toList();
    }

    /** The last line alone, in the columns of all. */
    public String lastLine() {
        return columns.line(rows.getLast());
    }
}
