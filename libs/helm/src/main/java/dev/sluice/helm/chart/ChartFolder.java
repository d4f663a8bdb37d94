package dev.sluice.helm.chart;

import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads charts and values files out of the tree of a source. Nothing leaves the tree. */
public final class ChartFolder {

    private ChartFolder() {}

    /** A path of a spec, as one of the tree: {@code ..} stops at the root. */
    public static String inside(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** The files of the chart in a folder, without those that it ignores. */
    public static ChartFiles read(FileTree tree, String folder, ChartLimits limits)
            throws IOException, ChartException {
        String start = folder.isEmpty() ? "" : folder + '/';
        String ignored = start + IgnoreFile.FILE;
        IgnoreFile ignore =
                new IgnoreFile(
                        tree.kind(ignored) == PathKind.FILE
                                ? new String(tree.read(ignored), StandardCharsets.UTF_8)
                                : "");
        Map<String, byte[]> files = new TreeMap<>();
        long total = 0;
        Deque<String> folders = new ArrayDeque<>(List.of(folder));
        while (!folders.isEmpty()) {
            String at = folders.pop();
            for (String name : tree.list(at)) {
                String path = at.isEmpty() ? name : at + '/' + name;
                String inner = path.substring(start.length());
                if (tree.kind(path) == PathKind.DIRECTORY) {
                    folders.push(path);
                } else if (tree.kind(path) == PathKind.FILE && !ignore.ignores(inner)) {
                    long size = tree.size(path);
                    total += size;
                    if (size > limits.file()
                            || total > limits.unpacked()
                            || files.size() >= limits.files()) {
                        throw new ChartException(path + ": the chart is larger than it may be");
                    }
                    files.put(inner, tree.read(path));
                }
            }
        }
        return ChartFiles.of(files);
    }
}
