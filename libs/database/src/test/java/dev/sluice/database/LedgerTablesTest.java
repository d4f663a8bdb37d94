package dev.sluice.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL, the embedded one. */
class LedgerTablesTest {

    @TempDir static Path directory;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start(directory);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @AfterEach
    void empty() throws SQLException {
        sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    @Test
    void anApplyIsToldWithTheCommitThatItBroughtAndTheObjectsThatItChanged() throws Exception {
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(SampleEvents.story("shop", 1));
        }

        assertThat(query("SELECT delivery, revision, author, message, objects FROM apply_of_push"))
                .containsExactly(
                        "plant/Kustomization/apps/shop|main@sha1:1|Ada <ada@example.com>|commit 1|2");
        assertThat(query("SELECT object, action FROM change ORDER BY 1"))
                .containsExactly("ConfigMap/apps/shop|created");
        assertThat(
                        query(
                                "SELECT count(*) FROM stage_time WHERE fetched < rendered AND rendered < revealed AND revealed < applied"))
                .containsExactly("1");
        assertThat(query("SELECT delivery, state, revision FROM delivery"))
                .containsExactly("plant/Kustomization/apps/shop|delivery.applied|main@sha1:1");
    }

    @Test
    void anyOrderAndAnyRepetitionGiveTheSameDump() throws Exception {
        List<LoggedRecord> records = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            records.addAll(SampleEvents.story("app-" + i % 7, i));
        }
        String dump = dump(records, 1000);
        empty();
        List<LoggedRecord> mixed = new ArrayList<>(records);
        mixed.addAll(records.subList(10, 90));
        Collections.shuffle(mixed, new Random(7));

        assertThat(dump(mixed, 13)).isEqualTo(dump).contains("app-3", "-- drift");
    }

    @Test
    void goesOnWhereItStoppedAndTakesUpAServerThatWasLeftBehind() throws Exception {
        List<LoggedRecord> records = SampleEvents.story("shop", 1);
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(records);
        }

        EmbeddedPostgres again = EmbeddedPostgres.start(directory);

        assertThat(again.address()).isEqualTo(postgres.address());
        try (LedgerTables ledger = LedgerTables.open(again.address(), "kafka")) {
            assertThat(ledger.places())
                    .containsEntry(
                            new LedgerTables.Place("sluice.trail", 0),
                            records.stream()
                                            .filter(r -> r.topic().equals("sluice.trail"))
                                            .mapToLong(LoggedRecord::offset)
                                            .max()
                                            .orElseThrow()
                                    + 1);
        }
    }

    @Test
    void whatIsNoEventIsToldAndHoldsNothingUp() throws Exception {
        LoggedRecord broken =
                new LoggedRecord(
                        "sluice.outcomes",
                        0,
                        5,
                        Instant.EPOCH,
                        "k",
                        List.of(Header.of("ce_type", "what\u0000ever")),
                        "{".getBytes(StandardCharsets.UTF_8));
        LoggedRecord odd = SampleEvents.failed("shop", 9, "a \u0000 and \\u0000");
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(List.of(broken, odd));
        }

        assertThat(query("SELECT place FROM unreadable")).containsExactly("sluice.outcomes-0@5");
        assertThat(query("SELECT count(*) FROM failure")).containsExactly("1");
    }

    @Test
    void aDeadLetterIsToldAndCountsForNothingElse() throws Exception {
        LoggedRecord event = SampleEvents.failed("shop", 9, "no");
        List<Header> headers = new ArrayList<>(event.headers());
        headers.add(Header.of(LoggedRecord.DEAD_LETTER_STAGE, "applier"));
        headers.add(Header.of("dead-letter-reason", "a replayed record"));
        headers.add(Header.of("dead-letter-topic", "sluice.revealed"));
        headers.add(Header.of("dead-letter-partition", "2"));
        headers.add(Header.of("dead-letter-offset", "7"));
        LoggedRecord letter =
                new LoggedRecord(
                        "sluice.dead-letters", 1, 3, event.at(), "key", headers, event.body());
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(List.of(letter));
        }

        assertThat(query("SELECT place, reason FROM unreadable"))
                .containsExactly(
                        "sluice.dead-letters-1@3|sluice.revealed-2@7 of key, for applier: a replayed record");
        assertThat(query("SELECT count(*) FROM event")).containsExactly("0");
    }

    @Test
    void monthsThatAreOverAreDropped() throws Exception {
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(SampleEvents.story("shop", 1));
            ledger.expire(SampleEvents.START.plusSeconds(70L * 86_400));
        }

        assertThat(query("SELECT count(*) FROM event")).containsExactly("0");
    }

    @Test
    void whatIsInTheLedgerCanBeReadAsALog() throws Exception {
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            ledger.write(SampleEvents.story("shop", 1));
        }
        List<LoggedRecord> read = new ArrayList<>();

        new LedgerLog(postgres.address())
                .read(List.of(dev.sluice.events.Topic.OUTCOMES), read::add);

        assertThat(read).isNotEmpty();
        assertThat(read.getFirst().envelope()).isNotNull();
        assertThat(read.getFirst().topic()).isEqualTo("sluice.outcomes");
    }

    private static String dump(List<LoggedRecord> records, int batch) throws Exception {
        try (LedgerTables ledger = LedgerTables.open(postgres.address(), "kafka")) {
            for (int i = 0; i < records.size(); i += batch) {
                ledger.write(records.subList(i, Math.min(i + batch, records.size())));
            }
            StringWriter dump = new StringWriter();
            LedgerDump.write(postgres.address(), dump);
            return dump.toString();
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = postgres.address().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                found.add(String.join("|", row));
            }
            return found;
        }
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = postgres.address().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
