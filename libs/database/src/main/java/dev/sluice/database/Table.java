package dev.sluice.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables that rows are written to, with the columns and their types in the order of a row. */
enum Table {
    EVENT(
            "time timestamptz, id text, kind text, topic text, key text, cluster text, producer text, cause text, correlation text, traceparent text, replay text, body jsonb"),
    PUSH(
            "time timestamptz, event text, source text, revision text, artifact text, sha text, author text, committed timestamptz, message text"),
    APPLY(
            "time timestamptz, event text, delivery text, source text, revision text, artifact text, content text, bundle text, rendered text, objects int, cause text, correlation text, apply_ms bigint, total_ms bigint"),
    CHANGE("time timestamptz, event text, delivery text, object text, action text"),
    FAILURE(
            "time timestamptz, event text, delivery text, revision text, stage text, reason text, message text"),
    DRIFT(
            "time timestamptz, event text, delivery text, object text, how text, who text, fields text[], fighting boolean"),
    ALERT(
            "time timestamptz, event text, alert text, provider text, announcement text, state text, attempts int, why text"),
    UNREADABLE("time timestamptz, place text, reason text");

    private final List<String> names;
    private final List<String> types;

    Table(String columns) {
        List<String[]> pairs =
                Arrays.stream(columns.split(", ")).map(column -> column.split(" ")).toList();
        this.names = pairs.stream().map(pair -> pair[0]).toList();
        this.types = pairs.stream().map(pair -> pair[1]).toList();
    }

    String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> types() {
        return types;
    }

    /** A row that is there already is the same row. */
    String insert() {
        return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING"
                .formatted(
                        tableName(),
                        String.join(", ", names),
                        String.join(", ", types.stream().map(type -> "?::" + type).toList()));
    }
}
