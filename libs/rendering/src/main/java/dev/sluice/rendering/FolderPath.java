package dev.sluice.rendering;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of folders and files in a tree. */
final class FolderPath {

    private FolderPath() {}

    /**
     * The path from the root of the tree, without {@code .} and {@code ..}; steps above the root
     * stay at the root, as in Flux.
     */
    static String inside(String folder, String path) {
        Deque<String> steps = new ArrayDeque<>();
        String whole = folder.isEmpty() ? path : folder + '/' + path;
        for (String step : whole.split("/")) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }

    static String child(String folder, String name) {
        return folder.isEmpty() ? name : folder + '/' + name;
    }

    /** Whether kustomize would fetch it instead of looking for it in the tree. */
    static boolean isRemote(String path) {
        return path.contains("://") || path.startsWith("git@") || path.startsWith("github.com/");
    }
}
