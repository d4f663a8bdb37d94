package dev.sluice.sops.document;

/** A value without children. */
public sealed interface Leaf extends Value
        permits Text, Whole, Real, Flag, Moment, Nothing, Comment {}
