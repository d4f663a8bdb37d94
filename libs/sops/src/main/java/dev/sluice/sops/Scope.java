package dev.sluice.sops;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a walk through a tree stands: the keys down to here and what of the selection rule matched
 * on the way. Each comment is looked at once, however many follow each other.
 */
final class Scope {
    private final Selection selection;
    private final List<String> path;
    private final boolean matchedAbove;
    private boolean matchedHere;

    private Scope(Selection selection, List<String> path, boolean matchedAbove) {
        this.selection = selection;
        this.path = path;
        this.matchedAbove = matchedAbove;
    }

    static Scope top(Selection selection) {
        return new Scope(selection, List.of(), false);
    }

    /** The scope of the value under a key. */
    Scope under(String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return new Scope(
                selection, below, matchedAbove || matchedHere || selection.matchesKey(key));
    }

    /** The scope of the items of a list or the members of a map that stands here. */
    Scope inside() {
        return new Scope(selection, path, matchedAbove || matchedHere);
    }

    /** Takes a line of comment in; gives whether the line itself is selected. */
    boolean selectsComment(String text) {
        boolean before = matchedAbove || matchedHere;
        matchedHere |= selection.matchesComment(text);
        return selection.selects(
                selection.skipsMatchingComment() ? before : matchedAbove || matchedHere);
    }

    /** Whether a value here is selected. */
    boolean selects() {
        return selection.selects(matchedAbove || matchedHere);
    }

    /** A value ends the run of comments above it. */
    void afterValue() {
        matchedHere = false;
    }

    int depth() {
        return path.size();
    }

    /** What authenticates a value's place: the keys with colons between and one behind. */
    String additionalData() {
        return String.join(":", path) + ":";
    }

    /** The place for messages. */
    String shown() {
        return String.join(".", path);
    }
}
