package dev.sluice.database;

import dev.sluice.audit.LoggedRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's tables on one connection; for one thread.
 *
 * <p>A batch of records and the place after it are written in one transaction, so that a kill at
 * any moment neither loses nor repeats a record.
 */
public final class LedgerTables implements AutoCloseable {

    private final Connection connection;
    private final String log;
    private final Set<YearMonth> months = new HashSet<>();

    private LedgerTables(Connection connection, String log) {
        this.connection = connection;
        this.log = log;
    }

    /** A place in a partition of a topic. */
    public record Place(String topic, int partition) {}

    /**
     * Connects, and brings the tables to their present form.
     *
     * @param log which Kafka the records come from: several may write to one ledger
     */
    public static LedgerTables open(DatabaseAddress address, String log) throws SQLException {
        try {
            Migrations.run(address);
        } catch (FlywayException e) {
            throw new SQLException("the ledger's tables cannot be made: " + e.getMessage(), e);
        }
        return new LedgerTables(address.connect(), log);
    }

    /** Where to go on in each partition. */
    public Map<Place, Long> places() throws SQLException {
        Map<Place, Long> places = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT topic, part, next FROM place WHERE log = ?")) {
            query.setString(1, log);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    places.put(new Place(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                }
            }
        }
        connection.commit();
        return places;
    }

    /**
     * Writes what the records tell. What was written before is left as it is.
     *
     * @return how many rows they gave
     */
    public int write(Collection<LoggedRecord> records) throws SQLException {
        Rows rows = new Rows();
        Map<Place, Long> next = new HashMap<>();
        for (LoggedRecord record : records) {
            Projection.add(record, rows);
            next.merge(
                    new Place(record.topic(), record.partition()), record.offset() + 1, Math::max);
        }
        try {
            for (YearMonth month : rows.months()) {
                ensure(month);
            }
            for (Map.Entry<Table, List<@Nullable Object[]>> table : rows.all().entrySet()) {
                insert(table.getKey(), table.getValue());
            }
            keep(next);
            connection.commit();
            return rows.count();
        } catch (SQLException e) {
            months.clear();
            connection.rollback();
            throw e;
        }
    }

    /** Drops the months that ended before the time. */
    public void expire(Instant before) throws SQLException {
        YearMonth first = YearMonth.from(before.atOffset(ZoneOffset.UTC));
        try (Statement statement = connection.createStatement()) {
            for (Table table : Table.values()) {
                for (String part : parts(table)) {
                    String month = part.substring(part.length() - "2026_01".length());
                    if (YearMonth.parse(month.replace('_', '-')).isBefore(first)) {
                        statement.execute("DROP TABLE " + part);
                    }
                }
            }
        }
        connection.commit();
        months.clear();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void ensure(YearMonth month) throws SQLException {
        if (!months.add(month)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (Table table : Table.values()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s-01Z') TO ('%s-01Z')"
                                .formatted(
                                        table.tableName(),
                                        month.toString().replace('-', '_'),
                                        table.tableName(),
                                        month,
                                        month.plusMonths(1)));
            }
        }
    }

    private List<String> parts(Table table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass")) {
            query.setString(1, table.tableName());
            try (ResultSet rows = query.executeQuery()) {
                List<String> parts = new java.util.ArrayList<>();
                while (rows.next()) {
                    parts.add(rows.getString(1));
                }
                return parts;
            }
        }
    }

    private void insert(Table table, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
            for (@Nullable Object[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    set(insert, column + 1, row[column]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void set(PreparedStatement statement, int column, @Nullable Object value)
            throws SQLException {
        if (value instanceof String[] texts) {
            Array array = connection.createArrayOf("text", texts);
            statement.setArray(column, array);
        } else {
            statement.setObject(column, value);
        }
    }

    private void keep(Map<Place, Long> next) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO place (log, topic, part, next) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (log, topic, part) DO UPDATE SET next = excluded.next")) {
            for (Map.Entry<Place, Long> entry : next.entrySet()) {
                statement.setString(1, log);
                statement.setString(2, entry.getKey().topic());
                statement.setInt(3, entry.getKey().partition());
                statement.setLong(4, entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
