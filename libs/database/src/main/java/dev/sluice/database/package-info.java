/**
 * The ledger's tables: what has happened, in PostgreSQL, for questions that a log answers slowly.
 *
 * <p>Everything in them is made from records of the history topics by {@link
 * dev.sluice.database.Projection}, and nothing else: they can be thrown away, and reading the
 * topics again makes the same. {@link dev.sluice.database.EmbeddedPostgres} is where they lie
 * unless somebody has a PostgreSQL already.
 */
@NullMarked
package dev.sluice.database;

import org.jspecify.annotations.NullMarked;
