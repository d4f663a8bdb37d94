package dev.sluice.applier;

/** Placeholder until the engine's health lands. */
final class HealthWatch implements AutoCloseable {
    @Override
    public void close() {}
}
