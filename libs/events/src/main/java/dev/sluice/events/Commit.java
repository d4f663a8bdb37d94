package dev.sluice.events;

import java.time.Instant;

/**
 * The commit behind an artifact.
 *
 * @param author {@code Name <mail>} as the commit has it
 * @param message its first line, cut at 200 characters
 */
public record Commit(String sha, String author, Instant time, String message) {}
