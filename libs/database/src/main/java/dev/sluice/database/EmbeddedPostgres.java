package dev.sluice.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, on loopback, with its data in a directory that outlives it. It is
 * a process beside ours, and a guard beside it stops it when ours ends, however it ends: the guard
 * waits for the end of its standard input, which we hold open. A start takes up a server that runs.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "sluice";
    private static final int PORT_LINE = 3;
    private static final int STOP_SECONDS = 10;

    /** Waits until its standard input ends, and then runs its arguments. */
    private static final String GUARD = "trap '' INT HUP TERM; read _; exec \"$@\"";

    /** A signal to the group of our process would end the guard too, but for this. */
    private static final String OWN_SESSION =
            "command -v setsid >/dev/null && exec setsid sh -c \"$0\" guard \"$@\"; exec sh -c \"$0\" guard \"$@\"";

    private final Process guard;
    private final DatabaseAddress address;

    private EmbeddedPostgres(Process guard, DatabaseAddress address) {
        this.guard = guard;
        this.address = address;
    }

    /**
     * Starts it, or takes up the one that runs.
     *
     * @param directory made where it is new
     * @throws IOException where it cannot be started; the message says where PostgreSQL's own words
     *     are
     */
    public static EmbeddedPostgres start(Path directory) throws IOException {
        PostgresPrograms programs = PostgresPrograms.in(directory);
        Path data = directory.resolve("db");
        Path log = directory.resolve("postgres.log");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(programs, directory, data, log);
        }
        Optional<DatabaseAddress> running = running(directory);
        if (running.isPresent()) {
            return new EmbeddedPostgres(guard(programs, data, log), running.get());
        }
        // PostgreSQL refuses data that others may write, which is what a group of a volume may.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        int port = freePort();
        programs.run(
                "pg_ctl",
                List.of(
                        "start",
                        "-D",
                        data.toString(),
                        "-w",
                        "-t",
                        "50",
                        "-l",
                        log.toString(),
                        "-o",
                        options(port)),
                log);
        return new EmbeddedPostgres(guard(programs, data, log), address(directory, port));
    }

    /** The address of a server that runs on the directory, if one does. */
    public static Optional<DatabaseAddress> running(Path directory) throws IOException {
        Path pid = directory.resolve("db").resolve("postmaster.pid");
        if (!Files.exists(pid)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pid);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        try {
            DatabaseAddress address =
                    address(directory, Integer.parseInt(lines.get(PORT_LINE).strip()));
            return address.answers() ? Optional.of(address) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public DatabaseAddress address() {
        return address;
    }

    /** Whether it still runs. */
    public boolean isRunning() {
        return address.answers();
    }

    /** Stops it, by its guard; all that was committed is on disk. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("the embedded PostgreSQL did not stop in time");
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the embedded PostgreSQL did not stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signals of a terminal go to the whole group: the guard leaves them to us. */
    private static Process guard(PostgresPrograms programs, Path data, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", OWN_SESSION, GUARD));
        command.addAll(
                programs.command(
                        "pg_ctl",
                        List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "8")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void create(PostgresPrograms programs, Path directory, Path data, Path log)
            throws IOException {
        // A start that was broken off leaves half a database.
        PostgresPrograms.remove(data);
        byte[] chance = new byte[16];
        new SecureRandom().nextBytes(chance);
        Path password = directory.resolve("password");
        Files.deleteIfExists(password);
        Files.createFile(
                password,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(chance));
        programs.run(
                "initdb",
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"),
                log);
    }

    /**
     * Little memory, and no work while nothing happens. A commit does not wait for the disk: what a
     * power failure takes is read from the topics again, and the tables stay consistent.
     */
    private static String options(int port) {
        return String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=",
                "-c fsync=on",
                "-c synchronous_commit=off",
                "-c shared_buffers=24MB",
                "-c max_connections=20",
                "-c wal_level=minimal",
                "-c max_wal_senders=0",
                "-c max_wal_size=256MB",
                "-c checkpoint_timeout=15min",
                "-c autovacuum_naptime=5min",
                "-c autovacuum_max_workers=1",
                "-c max_parallel_workers=0",
                "-c jit=off");
    }

    private static DatabaseAddress address(Path directory, int port) throws IOException {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                USER,
                Files.readString(directory.resolve("password")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
