package dev.sluice.quotas;

/**
 * What a namespace may use of something.
 *
 * @param most how much, in bytes, objects or milliseconds
 * @param said who says so and whom to ask for more, as the end of a sentence: {@code by the quota
 *     'team-a': ask ... for more}
 */
public record Bound(long most, String said) {}
