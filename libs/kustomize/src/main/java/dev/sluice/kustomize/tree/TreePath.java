package dev.sluice.kustomize.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Path arithmetic on the '/'-separated paths of a {@link FileTree}. */
public final class TreePath {

    private TreePath() {}

    /**
     * The path without {@code .}, {@code ..} and doubled slashes, or null where it climbs above the
     * root.
     */
    public static @Nullable String normalize(String path) {
        if (isNormal(path)) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> {
                    if (kept.pollLast() == null) {
                        return null;
                    }
                }
                default -> kept.addLast(segment);
            }
        }
        return String.join("/", kept);
    }

    private static boolean isNormal(String path) {
        if (path.isEmpty()) {
            return true;
        }
        int start = 0;
        while (true) {
            int end = path.indexOf('/', start);
            int stop = end < 0 ? path.length() : end;
            int length = stop - start;
            boolean dots =
                    length > 0
                            && length <= 2
                            && path.charAt(start) == '.'
                            && path.charAt(stop - 1) == '.';
            if (length == 0 || dots) {
                return false;
            }
            if (end < 0) {
                return true;
            }
            start = end + 1;
        }
    }

    /**
     * {@code path} as seen from {@code directory}, normalized; null where it climbs above the root.
     */
    public static @Nullable String resolve(String directory, String path) {
        return normalize(directory.isEmpty() ? path : directory + "/" + path);
    }

    /** The directory that holds the path; {@code ""} for a path in the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The last segment. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether {@code path} is {@code directory} or lies below it. */
    public static boolean isInOrBelow(String path, String directory) {
        return directory.isEmpty()
                || path.equals(directory)
                || (path.startsWith(directory) && path.charAt(directory.length()) == '/');
    }

    /**
     * The way from one directory to a path, with {@code ..} where it must climb; {@code .} where
     * both are the same.
     */
    public static String relative(String from, String to) {
        if (from.equals(to)) {
            return ".";
        }
        List<String> source = from.isEmpty() ? List.of() : List.of(from.split("/"));
        List<String> target = to.isEmpty() ? List.of() : List.of(to.split("/"));
        int shared = 0;
        while (shared < source.size()
                && shared < target.size()
                && source.get(shared).equals(target.get(shared))) {
            shared++;
        }
        List<String> way = new ArrayList<>();
        for (int i = shared; i < source.size(); i++) {
            way.add("..");
        }
        way.addAll(target.subList(shared, target.size()));
        return String.join("/", way);
    }
}
