package dev.sluice.fetcher.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ignore rules of one source. The last rule that speaks of a path decides.
 *
 * <p>Where they part from gitignore (and follow Flux): every path is judged by itself, so a file
 * can be brought back although its directory is left out; a pattern without a slash speaks of
 * everything below a directory of that name; {@code ./} at the start matches nothing; {@code [!a]}
 * is no negation. As soon as there is any rule of the source's own, the default exclusions are gone
 * but for those of version control.
 */
public final class IgnoreRules {

    /** The name of the files that hold rules for their directory. */
    public static final String FILE_NAME = ".sourceignore";

    private static final List<String> VERSION_CONTROL =
            List.of(".git/", ".gitignore", ".gitmodules", ".gitattributes");
    private static final List<String> DEFAULTS =
            List.of(
                    "*.jpg",
                    "*.jpeg",
                    "*.gif",
                    "*.png",
                    "*.wmv",
                    "*.flv",
                    "*.tar.gz",
                    "*.zip",
                    ".github/",
                    ".circleci/",
                    ".travis.yml",
                    ".gitlab-ci.yml",
                    "appveyor.yml",
                    ".drone.yml",
                    "cloudbuild.yaml",
                    "codeship-services.yml",
                    "codeship-steps.yml",
                    "**/.goreleaser.yml",
                    "**/.sops.yaml",
                    "**/.flux.yaml");

    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * @param files the text of each {@code .sourceignore}, by the path of its directory, {@code ""}
     *     for the root
     * @param own the text of {@code spec.ignore}; its rules come after those of the files
     */
    public static IgnoreRules of(Map<String, String> files, @Nullable String own) {
        List<IgnorePattern> given = new ArrayList<>();
        // In the order of a walk: a directory's rules come before those of the directories in it.
        Map<List<String>, String> ordered = new TreeMap<>(IgnoreRules::compare);
        files.forEach((directory, text) -> ordered.put(parts(directory), text));
        ordered.forEach((directory, text) -> read(text, directory, given));
        if (own != null) {
            read(own, List.of(), given);
        }
        List<IgnorePattern> all = new ArrayList<>();
        VERSION_CONTROL.forEach(line -> IgnorePattern.parse(line, List.of()).ifPresent(all::add));
        if (given.isEmpty()) {
            DEFAULTS.forEach(line -> IgnorePattern.parse(line, List.of()).ifPresent(all::add));
        }
        all.addAll(given);
        return new IgnoreRules(all);
    }

    /**
     * The rules of a source without exclusions of its own, such as a bucket.
     *
     * @param file the text of the {@code .sourceignore} in the root; empty for none
     */
    public static IgnoreRules only(String file, @Nullable String own) {
        List<IgnorePattern> given = new ArrayList<>();
        read(file, List.of(), given);
        if (own != null) {
            read(own, List.of(), given);
        }
        return new IgnoreRules(given);
    }

    /**
     * Whether the path is left out of the artifact. What lies below a directory that is left out
     * must be asked for by itself.
     */
    public boolean excludes(String path, boolean isDirectory) {
        List<String> parts = parts(path);
        for (IgnorePattern pattern : patterns.reversed()) {
            switch (pattern.verdict(parts, isDirectory)) {
                case EXCLUDE -> {
                    return true;
                }
                case INCLUDE -> {
                    return false;
                }
                case SILENT -> {}
            }
        }
        return false;
    }

    private static void read(String text, List<String> directory, List<IgnorePattern> into) {
        text.lines().forEach(line -> IgnorePattern.parse(line, directory).ifPresent(into::add));
    }

    private static List<String> parts(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/"));
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
