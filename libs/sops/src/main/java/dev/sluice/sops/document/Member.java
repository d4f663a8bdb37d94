package dev.sluice.sops.document;

/** What stands in a {@link Branch}: an entry, or a comment between entries. */
public sealed interface Member permits Entry, Comment {}
