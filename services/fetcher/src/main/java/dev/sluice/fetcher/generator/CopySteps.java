package dev.sluice.fetcher.generator;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.TarReader;
import dev.sluice.fetcher.tree.WorkTree;
import dev.sluice.fluxapi.source.ArtifactGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies parts of sources into one tree, one step after the other, as {@code cp} does: a directory
 * lands below the target with its name, {@code dir/**} without it; later files take the place of
 * earlier ones.
 */
final class CopySteps {

    private final Map<String, PartSource> sources;
    private final ArtifactLimits limits;
    private final WorkTree tree = new WorkTree();

    private CopySteps(Map<String, PartSource> sources, ArtifactLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    static WorkTree run(
            ArtifactGenerator.Output output, Map<String, PartSource> sources, ArtifactLimits limits)
            throws GeneratorException, IOException, ArtifactRefusedException {
        CopySteps steps = new CopySteps(sources, limits);
        for (ArtifactGenerator.Copy copy : output.copy()) {
            steps.copy(copy);
        }
        return steps.tree;
    }

    private void copy(ArtifactGenerator.Copy copy)
            throws GeneratorException, IOException, ArtifactRefusedException {
        PartSource.Path from = PartSource.Path.of(copy.from());
        PartSource.Path to = PartSource.Path.of(copy.to());
        PartSource source = PartSource.named(sources, from.alias());
        List<GlobPattern> exclude = new ArrayList<>();
        for (String text : copy.exclude()) {
            exclude.add(GlobPattern.of(text));
        }
        boolean found =
                GlobPattern.isGlob(from.path())
                        ? copyMatches(copy, source, GlobPattern.of(from.path()), to, exclude)
                        : copyNamed(copy, source, WorkTree.clamped(from.path()), to, exclude);
        if (!found) {
            throw new GeneratorException("nothing is at '%s'".formatted(copy.from()));
        }
    }

    private boolean copyMatches(
            ArtifactGenerator.Copy copy,
            PartSource source,
            GlobPattern pattern,
            PartSource.Path to,
            List<GlobPattern> exclude)
            throws GeneratorException, IOException, ArtifactRefusedException {
        String base = pattern.base();
        boolean found = false;
        for (ArtifactManifest.File file : source.files()) {
            if (pattern.matches(file.path())) {
                found = true;
                String rest =
                        base.isEmpty() ? file.path() : file.path().substring(base.length() + 1);
                put(copy, source, file, joined(to.path(), rest), exclude);
            }
        }
        return found;
    }

    private boolean copyNamed(
            ArtifactGenerator.Copy copy,
            PartSource source,
            String path,
            PartSource.Path to,
            List<GlobPattern> exclude)
            throws GeneratorException, IOException, ArtifactRefusedException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean found = source.directories().contains(path) || path.isEmpty();
        for (ArtifactManifest.File file : source.files()) {
            if (file.path().equals(path)) {
                boolean into = to.path().isEmpty() || to.path().endsWith("/");
                put(copy, source, file, into ? joined(to.path(), name) : to.path(), exclude);
                return true;
            }
            if (WorkTree.isInOrBelow(file.path(), path)) {
                String rest = path.isEmpty() ? file.path() : file.path().substring(path.length());
                put(copy, source, file, joined(to.path(), name + rest), exclude);
            }
        }
        return found;
    }

    private void put(
            ArtifactGenerator.Copy copy,
            PartSource source,
            ArtifactManifest.File file,
            String target,
            List<GlobPattern> exclude)
            throws GeneratorException, IOException, ArtifactRefusedException {
        if (exclude.stream().anyMatch(pattern -> pattern.matches(file.path()))) {
            return;
        }
        String path = WorkTree.clamped(target);
        if ("Extract".equals(copy.strategy())) {
            extract(source, file, path);
            return;
        }
        byte[] before = "Merge".equals(copy.strategy()) ? tree.content(path) : null;
        if (before == null) {
            tree.addFileAt(
                    path, file.executable(), file.size(), () -> source.tree().read(file.path()));
        } else {
            byte[] merged = YamlMerge.of(path, before, source.tree().read(file.path()));
            tree.addFileAt(path, file.executable(), merged.length, () -> merged);
        }
    }

    /** The files of an archive, in the place of the archive's directory. */
    private void extract(PartSource source, ArtifactManifest.File file, String target)
            throws GeneratorException, IOException, ArtifactRefusedException {
        if (!file.path().endsWith(".tar.gz") && !file.path().endsWith(".tgz")) {
            throw new GeneratorException(
                    "'%s' is not a .tar.gz or .tgz to extract".formatted(file.path()));
        }
        int slash = target.lastIndexOf('/');
        String directory = slash < 0 ? "" : target.substring(0, slash);
        TarReader.read(
                new ByteArrayInputStream(source.tree().read(file.path())),
                limits,
                (entry, content) -> {
                    String path = joined(directory, entry.path());
                    if (entry.isDirectory()) {
                        tree.addDirectoryAt(path);
                    } else {
                        byte[] bytes = content.readAllBytes();
                        tree.addFileAt(path, entry.executable(), bytes.length, () -> bytes);
                    }
                });
    }

    private static String joined(String directory, String rest) {
        String start = directory.replaceFirst("/+$", "");
        return start.isEmpty() ? rest : start + "/" + rest;
    }
}
