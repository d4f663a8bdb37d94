package dev.sluice.database;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a ledger as records. They have neither seals nor places: what is to be verified is
 * the log itself.
 */
public final class LedgerLog implements RecordLog {

    private static final int AT_ONCE = 1000;

    private final DatabaseAddress address;

    public LedgerLog(DatabaseAddress address) {
        this.address = address;
    }

    @Override
    public void read(Collection<Topic> topics, LogVisitor visitor) throws IOException {
        try (Connection connection = address.connect();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT id, kind, topic, key, producer, time, cause, correlation, traceparent, replay, body::text"
                                        + " FROM event WHERE topic = ANY (?) ORDER BY time, id")) {
            // Only a cursor of a transaction is read in parts.
            connection.setAutoCommit(false);
            query.setFetchSize(AT_ONCE);
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text", topics.stream().map(Topic::topicName).toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    visitor.record(record(rows));
                }
            }
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger at " + address + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static LoggedRecord record(ResultSet row) throws SQLException {
        OffsetDateTime time = row.getObject("time", OffsetDateTime.class);
        List<Header> headers = new ArrayList<>();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", row.getString("id"));
        add(headers, "ce_type", EventCodec.ceType(row.getString("kind")));
        add(headers, "ce_source", row.getString("producer"));
        add(headers, "ce_subject", row.getString("key"));
        add(headers, "ce_time", time.toInstant().toString());
        add(headers, "ce_causationid", row.getString("cause"));
        add(headers, "ce_correlationid", row.getString("correlation"));
        add(headers, "traceparent", row.getString("traceparent"));
        add(headers, EventCodec.REPLAY, row.getString("replay"));
        return new LoggedRecord(
                row.getString("topic"),
                0,
                0,
                time.toInstant(),
                row.getString("key"),
                headers,
                row.getString("body").getBytes(StandardCharsets.UTF_8));
    }

    private static void add(List<Header> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(Header.of(name, value));
        }
    }
}
