package dev.sluice.database;

import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * All that a ledger tells as text, in an order that depends on nothing else: two ledgers of the
 * same records give the same text.
 */
public final class LedgerDump {

    private LedgerDump() {}

    /**
     * Writes the tables one after the other, as {@code COPY} writes them.
     *
     * @throws IOException where the ledger cannot be read
     */
    public static void write(DatabaseAddress address, Writer out) throws IOException {
        try (Connection connection = address.connect()) {
            for (Table table : Table.values()) {
                out.write("-- " + table.tableName() + "\n");
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "COPY (SELECT * FROM "
                                        + table.tableName()
                                        + " t ORDER BY t::text COLLATE \"C\") TO STDOUT",
                                out);
            }
            out.flush();
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger at " + address + " cannot be read: " + e.getMessage(), e);
        }
    }
}
