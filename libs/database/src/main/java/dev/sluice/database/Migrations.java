package dev.sluice.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables to their present form, by Flyway. The scripts are named here and not searched
 * for, since a packaged application has no class path to search.
 */
final class Migrations {

    private static final List<String> SCRIPTS = List.of("V1__ledger.sql");

    private Migrations() {}

    static void run(DatabaseAddress address) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(address.url(), address.user(), address.password())
                .locations(new String[0])
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .javaMigrations(SCRIPTS.stream().map(Script::new).toArray(JavaMigration[]::new))
                .load()
                .migrate();
    }

    /** A script as a migration; its version and words are those of its name. */
    private record Script(String name) implements JavaMigration {

        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")));
        }

        @Override
        public String getDescription() {
            return name.substring(name.indexOf("__") + 2, name.lastIndexOf('.'));
        }

        @Override
        public @Nullable Integer getChecksum() {
            CRC32 checksum = new CRC32();
            checksum.update(text().getBytes(StandardCharsets.UTF_8));
            return (int) checksum.getValue();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(text());
            }
        }

        private String text() {
            try (InputStream script = Migrations.class.getResourceAsStream(name)) {
                if (script == null) {
                    throw new IllegalStateException("the script " + name + " is not packed in");
                }
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
