package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree of text files to build.
 *
 * @param files text by path
 * @param target the directory of the kustomization; {@code ""} is the tree's root
 * @param flags as the program takes them, such as {@code --load-restrictor=LoadRestrictionsNone}
 */
record Sample(SortedMap<String, String> files, String target, List<String> flags) {

    /** One file. */
    record File(String path, String text) {}

    Sample {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        flags = List.copyOf(flags);
    }

    Sample with(String path, String text) {
        TreeMap<String, String> changed = new TreeMap<>(files);
        changed.put(path, text);
        return new Sample(changed, target, flags);
    }

    Sample without(String path) {
        TreeMap<String, String> changed = new TreeMap<>(files);
        changed.remove(path);
        return new Sample(changed, target, flags);
    }

    Sample withTarget(String directory) {
        return new Sample(files, directory, flags);
    }

    /** The paths of its kustomization files. */
    List<String> kustomizations() {
        return files.keySet().stream().filter(Sample::isKustomization).toList();
    }

    /**
     * The kustomization file of the target; where there is none, the one that would be looked for.
     */
    String targetFile() {
        for (String name : List.of("kustomization.yaml", "kustomization.yml", "Kustomization")) {
            if (files.containsKey(join(target, name))) {
                return join(target, name);
            }
        }
        return join(target, "kustomization.yaml");
    }

    static boolean isKustomization(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("kustomization.yaml")
                || name.equals("kustomization.yml")
                || name.equals("Kustomization");
    }

    static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    /** Writes the tree below an empty directory. */
    void writeTo(Path root) throws IOException {
        Files.createDirectories(root.resolve(target));
        for (var file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Removes a directory and all below it. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** All files, to be read by people. */
    String show() {
        StringBuilder text =
                new StringBuilder(
                        "build " + (target.isEmpty() ? "." : target) + " " + flags + "\n");
        files.forEach((path, content) ->
                text.append("--- ")
                        .append(path)
                        .append(" ---\n")
                        .append(content.endsWith("\n") ? content : content + "<no newline>\n"));
        return text.toString();
    }
}
