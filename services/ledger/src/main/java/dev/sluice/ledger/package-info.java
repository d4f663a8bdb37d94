/**
 * The ledger: takes every history topic, writes PostgreSQL tables, tells nobody. {@link
 * dev.sluice.ledger.LedgerFlow} is the story; what a record becomes is decided in {@code
 * dev.sluice.database.Projection}. Nothing waits for it, and everything goes on without it.
 */
@NullMarked
package dev.sluice.ledger;

import org.jspecify.annotations.NullMarked;
