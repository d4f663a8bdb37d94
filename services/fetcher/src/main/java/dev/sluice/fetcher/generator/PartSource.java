package dev.sluice.fetcher.generator;

import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.kustomize.tree.FileTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source that parts are taken from.
 *
 * @param artifact what it holds
 * @param manifest the files of that
 * @param tree their contents
 */
record PartSource(Artifact artifact, ArtifactManifest manifest, FileTree tree) {

    /** {@code @alias/path}. */
    record Path(String alias, String path) {

        static Path of(String text) throws GeneratorException {
            int slash = text.indexOf('/');
            if (!text.startsWith("@") || slash < 0) {
                throw new GeneratorException("'%s' is not @alias/path".formatted(text));
            }
            return new Path(text.substring(1, slash), text.substring(slash + 1));
        }
    }

    static PartSource named(Map<String, PartSource> sources, String alias)
            throws GeneratorException {
        PartSource source = sources.get(alias);
        if (source == null) {
            throw new GeneratorException("no source has the alias '%s'".formatted(alias));
        }
        return source;
    }

    List<ArtifactManifest.File> files() {
        return manifest.files();
    }

    /** All directories, also those that only their files show. */
    Set<String> directories() {
        Set<String> all = new TreeSet<>(manifest.directories());
        for (ArtifactManifest.File file : manifest.files()) {
            String path = file.path();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                all.add(path.substring(0, slash));
            }
        }
        return all;
    }
}
