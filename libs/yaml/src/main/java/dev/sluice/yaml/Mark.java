package dev.sluice.yaml;

/** A place in a text; all count from 0. */
record Mark(int index, int line, int column) {
    static final Mark START = new Mark(0, 0, 0);
}
