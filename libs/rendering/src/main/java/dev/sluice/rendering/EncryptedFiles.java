package dev.sluice.rendering;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.yaml.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the encrypted files that must be decrypted before a build, for kustomize computes with what
 * they hold: files and environments of secret generators, and patches. Not those of config map
 * generators: Flux leaves them alone too.
 */
final class EncryptedFiles {

    /** Folders that one kustomization may pull in. */
    private static final int MOST_FOLDERS = 2_000;

    private static final String YAML_MARK = "mac: ENC[";
    private static final String JSON_MARK = "\"mac\": \"ENC[";
    private static final String ENVIRONMENT_MARK = "sops_mac=ENC[";
    private static final String INI_MARK = "[sops]";

    private final FileTree tree;
    private final Set<String> visited = new HashSet<>();
    private final Map<String, EncryptedFile> found = new LinkedHashMap<>();

    private EncryptedFiles(FileTree tree) {
        this.tree = tree;
    }

    /**
     * The files, each once.
     *
     * @param kustomization what is built in the folder
     */
    static List<EncryptedFile> find(FileTree tree, String folder, Node kustomization)
            throws BuildException {
        EncryptedFiles files = new EncryptedFiles(tree);
        files.visited.add(folder);
        files.look(folder, kustomization);
        return List.copyOf(files.found.values());
    }

    private void look(String folder, Node kustomization) throws BuildException {
        for (Node generator : items(kustomization, "secretGenerator")) {
            for (Node file : items(generator, "files")) {
                addGenerated(folder, file.value());
            }
            for (String environment : environments(generator)) {
                add(folder, environment, environment, true);
            }
        }
        for (Node patch : items(kustomization, "patches")) {
            @Nullable String path = patch.text("path");
            if (path != null && !FolderPath.isRemote(path)) {
                add(folder, path, path, false);
            }
        }
        for (String list : List.of("resources", "bases", "components")) {
            for (Node entry : items(kustomization, list)) {
                visit(folder, entry.value());
            }
        }
    }

    private void visit(String folder, String entry) throws BuildException {
        if (FolderPath.isRemote(entry)) {
            return;
        }
        String next = FolderPath.inside(folder, entry);
        if (tree.kind(next) != PathKind.DIRECTORY || !visited.add(next)) {
            return;
        }
        if (visited.size() > MOST_FOLDERS) {
            throw new BuildException(
                    "the kustomization pulls in more than " + MOST_FOLDERS + " folders");
        }
        KustomizationFile file = KustomizationFile.find(tree, next);
        if (file != null) {
            look(next, file.content());
        }
    }

    /** {@code key=path}, or a path whose last part is the key. */
    private void addGenerated(String folder, String entry) throws BuildException {
        int equals = entry.indexOf('=');
        String path = entry.substring(equals + 1);
        add(folder, path, equals > 0 ? entry.substring(0, equals) : path, false);
    }

    private void add(String folder, String path, String name, boolean environment)
            throws BuildException {
        String inTree = FolderPath.inside(folder, path);
        if (tree.kind(inTree) != PathKind.FILE || found.containsKey(inTree)) {
            return;
        }
        try {
            if (isMarked(tree.read(inTree), name, environment)) {
                found.put(inTree, new EncryptedFile(inTree, name, environment));
            }
        } catch (IOException e) {
            throw new BuildException(
                    inTree + " cannot be read: " + e.getMessage(),
                    new BuildException.Place(inTree, 0, ""),
                    e);
        }
    }

    /** Only the mark of the file's own format counts. */
    private static boolean isMarked(byte[] content, String name, boolean environment) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return text.contains(YAML_MARK);
        }
        if (lower.endsWith(".ini")) {
            return text.contains(INI_MARK);
        }
        if (lower.endsWith(".json") || lower.endsWith(".dockerconfigjson")) {
            return text.contains(JSON_MARK);
        }
        return text.contains(environment || lower.endsWith(".env") ? ENVIRONMENT_MARK : JSON_MARK);
    }

    private static List<String> environments(Node generator) {
        List<String> paths = new ArrayList<>();
        @Nullable String single = generator.text("env");
        if (single != null) {
            paths.add(single);
        }
        items(generator, "envs").forEach(path -> paths.add(path.value()));
        return paths;
    }

    private static List<Node> items(Node mapping, String key) {
        @Nullable Node list = mapping.get(key);
        return list == null ? List.of() : list.items();
    }
}
