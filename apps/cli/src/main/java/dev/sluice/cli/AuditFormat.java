package dev.sluice.cli;

import java.util.List;
import java.util.stream.Collectors;

/** How answers are printed. */
enum AuditFormat {
    text,
    json,
    csv;

    /** A line of comma-separated values, quoted where it must be (RFC 4180). */
    static String csvLine(List<String> cells) {
        return cells.stream().map(AuditFormat::csvCell).collect(Collectors.joining(","));
    }

    private static String csvCell(String cell) {
        // A spreadsheet must take none for a formula.
        String safe = cell.matches("^[=+\\-@\\t\\r].*") ? "'" + cell : cell;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
