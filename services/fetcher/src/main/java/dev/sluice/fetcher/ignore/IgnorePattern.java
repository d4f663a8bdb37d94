package dev.sluice.fetcher.ignore;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One line of ignore rules, in force below the directory that it was read in. */
final class IgnorePattern {

    /** The rule does not speak of the path, leaves it out, or brings it back. */
    enum Verdict {
        SILENT,
        EXCLUDE,
        INCLUDE
    }

    private static final String ANY_DEPTH = "**";

    /**
     * One step of a pattern with slashes: a name, any number of directories, or nothing (beside a
     * slash at the start or a doubled one).
     */
    private record Step(boolean anyDepth, boolean empty, boolean never, NamePattern name) {
        static Step of(String text) {
            boolean anyDepth = text.equals(ANY_DEPTH);
            return new Step(
                    anyDepth,
                    text.isEmpty(),
                    !anyDepth && text.contains(ANY_DEPTH),
                    new NamePattern(text));
        }
    }

    private final List<String> directory;
    private final boolean bringsBack;
    private final boolean directoriesOnly;
    private final boolean withSlashes;
    private final List<Step> steps;

    private IgnorePattern(
            List<String> directory,
            boolean bringsBack,
            boolean directoriesOnly,
            boolean withSlashes,
            List<Step> steps) {
        this.directory = directory;
        this.bringsBack = bringsBack;
        this.directoriesOnly = directoriesOnly;
        this.withSlashes = withSlashes;
        this.steps = steps;
    }

    /**
     * @param directory the parts of the path of the directory that the rule was read in
     * @return empty for a comment or a blank line
     */
    static Optional<IgnorePattern> parse(String line, List<String> directory) {
        if (line.startsWith("#") || line.isBlank()) {
            return Optional.empty();
        }
        boolean bringsBack = line.startsWith("!");
        String text = bringsBack ? line.substring(1) : line;
        if (!text.endsWith("\\ ")) {
            text = text.replaceAll(" +$", "");
        }
        boolean directoriesOnly = text.endsWith("/");
        if (directoriesOnly) {
            text = text.substring(0, text.length() - 1);
        }
        boolean withSlashes = text.contains("/");
        List<Step> steps = Arrays.stream(text.split("/", -1)).map(Step::of).toList();
        return Optional.of(
                new IgnorePattern(
                        List.copyOf(directory), bringsBack, directoriesOnly, withSlashes, steps));
    }

    /**
     * @param path the parts of a path below the root of the tree
     */
    Verdict verdict(List<String> path, boolean isDirectory) {
        int depth = directory.size();
        if (path.size() <= depth || !path.subList(0, depth).equals(directory)) {
            return Verdict.SILENT;
        }
        List<String> below = path.subList(depth, path.size());
        boolean matches =
                withSlashes ? matchesSteps(below, isDirectory) : matchesAnyName(below, isDirectory);
        if (!matches) {
            return Verdict.SILENT;
        }
        return bringsBack ? Verdict.INCLUDE : Verdict.EXCLUDE;
    }

    /**
     * Without a slash the pattern is for any name on the way, so it speaks of all that lies below
     * too.
     */
    private boolean matchesAnyName(List<String> path, boolean isDirectory) {
        NamePattern pattern = steps.getFirst().name();
        for (int i = 0; i < path.size(); i++) {
            if (pattern.matches(path.get(i))) {
                boolean last = i == path.size() - 1;
                return !(directoriesOnly && last && !isDirectory);
            }
        }
        return false;
    }

    /**
     * Takes the names in order; what lies below the last step belongs to it. After {@code **} names
     * are passed over until one fits, and this first one is taken for good. A {@code **} at the end
     * is for all that lies below, and for the directory itself.
     */
    private boolean matchesSteps(List<String> path, boolean isDirectory) {
        int taken = 0;
        boolean anyDepth = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.anyDepth() && i == steps.size() - 1) {
                return taken < path.size() || isDirectory;
            }
            if (step.empty() || step.anyDepth()) {
                anyDepth = step.anyDepth();
            } else {
                int at = step.never() ? -1 : find(step, path, taken, anyDepth);
                if (at < 0) {
                    return false;
                }
                taken = at + 1;
                anyDepth = false;
            }
        }
        return taken > 0 && !(directoriesOnly && !isDirectory && taken == path.size());
    }

    /** Where the step's name is, or -1. */
    private static int find(Step step, List<String> path, int from, boolean anyDepth) {
        int last = anyDepth ? path.size() - 1 : from;
        for (int at = from; at <= last && at < path.size(); at++) {
            if (step.name().matches(path.get(at))) {
                return at;
            }
        }
        return -1;
    }
}
