package dev.sluice.sops.document;

/** A node of a document. */
public sealed interface Value permits Branch, Items, Leaf {}
