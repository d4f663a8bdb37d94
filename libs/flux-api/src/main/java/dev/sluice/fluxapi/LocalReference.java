package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;

/** Names an object in the namespace of the object that holds the reference. */
public record LocalReference(@Field("The object's name.") String name) {}
