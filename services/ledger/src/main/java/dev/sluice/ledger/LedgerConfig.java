package dev.sluice.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator can say about the ledger. */
@ConfigMapping(prefix = "sluice.ledger")
interface LedgerConfig {

    /**
     * Where it is kept: {@code embedded} (a PostgreSQL of its own, below the data directory),
     * {@code off}, or the URL of an existing one.
     */
    @WithDefault("embedded")
    String database();

    /** How long to leave the machine to the pipeline after the start. */
    @WithDefault("3s")
    Duration startAfter();

    /** How far back it tells; whole months are dropped. */
    @WithDefault("365d")
    Duration retention();

    /** How many records are written at once. */
    @WithDefault("2000")
    int batch();
}
