package dev.sluice.ledger;

import dev.sluice.database.DatabaseAddress;
import dev.sluice.database.EmbeddedPostgres;
import dev.sluice.database.LedgerTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database that the operator chose; the embedded one is started when it is first needed. */
final class LedgerDatabase implements AutoCloseable {

    private final String choice;
    private final Path data;
    private @Nullable EmbeddedPostgres embedded;

    /**
     * @param choice {@code embedded} or a URL
     */
    LedgerDatabase(String choice, Path data) {
        this.choice = choice;
        this.data = data;
    }

    /**
     * @param log which Kafka the records come from
     */
    LedgerTables open(String log) throws IOException, SQLException {
        if (!choice.equals("embedded")) {
            return LedgerTables.open(DatabaseAddress.parse(choice), log);
        }
        EmbeddedPostgres server = embedded;
        if (server == null || !server.isRunning()) {
            close();
            server = EmbeddedPostgres.start(data.resolve("ledger"));
            embedded = server;
        }
        return LedgerTables.open(server.address(), log);
    }

    @Override
    public void close() {
        EmbeddedPostgres server = embedded;
        if (server != null) {
            server.close();
        }
    }
}
