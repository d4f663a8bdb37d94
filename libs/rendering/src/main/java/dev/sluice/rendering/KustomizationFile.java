package dev.sluice.rendering;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kustomization file of a folder: its own, or one that is made of what lies below it.
 *
 * @param path in the tree
 * @param content a mapping
 * @param generated the tree has no such file
 */
record KustomizationFile(String path, Node content, boolean generated) {

    /** Names of kustomization files, in the order in which they are looked for. */
    static final List<String> NAMES =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** More files than any repository that is meant to be one delivery. */
    private static final int MOST_FILES = 20_000;

    static KustomizationFile findOrGenerate(FileTree tree, String folder) throws BuildException {
        KustomizationFile own = find(tree, folder);
        return own != null ? own : generate(tree, folder);
    }

    /** The folder's own file; null where it has none. */
    static @Nullable KustomizationFile find(FileTree tree, String folder) throws BuildException {
        String path = path(tree, folder);
        return path == null ? null : new KustomizationFile(path, read(tree, path), false);
    }

    private static @Nullable String path(FileTree tree, String folder) {
        for (String name : NAMES) {
            String path = FolderPath.child(folder, name);
            if (tree.kind(path) == PathKind.FILE) {
                return path;
            }
        }
        return null;
    }

    private static Node read(FileTree tree, String path) throws BuildException {
        try {
            Node content = YamlReader.KUSTOMIZATION.read(tree.read(path));
            if (content.isMapping()) {
                return content;
            }
            if (content.isNull()) {
                return Node.mapping();
            }
            throw at(
                    path,
                    content.line(),
                    path + " is no kustomization: it must be a mapping",
                    null);
        } catch (YamlException e) {
            throw at(path, e.line(), path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw at(path, 0, path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static KustomizationFile generate(FileTree tree, String folder) throws BuildException {
        List<String> resources = new ArrayList<>();
        collect(tree, folder, "", resources);
        Node content = Node.mapping();
        content.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        content.put("kind", "Kustomization");
        content.put("resources", Node.sequenceOf(resources));
        return new KustomizationFile(FolderPath.child(folder, NAMES.getFirst()), content, true);
    }

    /**
     * In the order of names: YAML files, and folders that have a kustomization file, which are not
     * looked into.
     */
    private static void collect(
            FileTree tree, String folder, String relative, List<String> resources)
            throws BuildException {
        for (String name : names(tree, folder)) {
            String path = FolderPath.child(folder, name);
            String resource = FolderPath.child(relative, name);
            if (tree.kind(path) == PathKind.DIRECTORY) {
                if (path(tree, path) != null) {
                    resources.add("./" + resource);
                } else {
                    collect(tree, path, resource, resources);
                }
            } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                resources.add("./" + resource);
            }
            if (resources.size() > MOST_FILES) {
                throw at(folder, 0, "more than " + MOST_FILES + " YAML files in one folder", null);
            }
        }
    }

    private static List<String> names(FileTree tree, String folder) throws BuildException {
        try {
            return tree.list(folder);
        } catch (IOException e) {
            throw at(folder, 0, "folder '" + folder + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static BuildException at(
            String path, int line, String message, @Nullable Throwable cause) {
        return new BuildException(message, new BuildException.Place(path, line, ""), cause);
    }
}
