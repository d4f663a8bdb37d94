package dev.sluice.database;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows that are to be written, by table. */
final class Rows {

    private final Map<Table, List<@Nullable Object[]>> rows = new LinkedHashMap<>();
    private final Set<YearMonth> months = new TreeSet<>();
    private int count;

    /**
     * Adds a row.
     *
     * @param values as the table's columns, the time first
     */
    void add(Table table, Instant time, @Nullable Object... values) {
        months.add(YearMonth.from(time.atOffset(ZoneOffset.UTC)));
        @Nullable Object[] row = new @Nullable Object[values.length + 1];
        row[0] = time.atOffset(ZoneOffset.UTC);
        System.arraycopy(values, 0, row, 1, values.length);
        rows.computeIfAbsent(table, _ -> new ArrayList<>()).add(row);
        count++;
    }

    Map<Table, List<@Nullable Object[]>> all() {
        return rows;
    }

    /** The months that they fall into. */
    Set<YearMonth> months() {
        return months;
    }

    int count() {
        return count;
    }
}
