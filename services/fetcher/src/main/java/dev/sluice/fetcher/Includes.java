package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.git.IncludeException;
import dev.sluice.fetcher.git.WorkTree;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.source.GitRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The artifacts of other GitRepositories of the same namespace that are copied into a source's own.
 */
final class Includes {

    private final SourceTable table;
    private final ArtifactStore store;

    Includes(SourceTable table, ArtifactStore store) {
        this.table = table;
        this.store = store;
    }

    /** The artifacts, one for each entry of {@code spec.include}, in its order. */
    List<Artifact> artifacts(GitRepository object) throws SourceException {
        List<Artifact> artifacts = new ArrayList<>();
        for (GitRepository.Include include : object.spec().include()) {
            String name = include.repository().name();
            ObjectKey key = new ObjectKey(object.metadata().namespace(), name);
            GitRepository included =
                    table.get(key)
                            .orElseThrow(() ->
                                    unavailable(
                                            "NotFound",
                                            "GitRepository '%s' is not there".formatted(key)));
            Artifact artifact = included.status() == null ? null : included.status().artifact();
            if (artifact == null) {
                throw unavailable(
                        "NoArtifact", "GitRepository '%s' has no artifact yet".formatted(key));
            }
            artifacts.add(artifact);
        }
        return artifacts;
    }

    /** Copies them in. */
    void copy(GitRepository object, List<Artifact> artifacts, WorkTree tree)
            throws SourceException, IOException {
        for (int i = 0; i < artifacts.size(); i++) {
            GitRepository.Include include = object.spec().include().get(i);
            String name = include.repository().name();
            String from = Absent.value(include.fromPath(), "");
            String to =
                    include.toPath() == null || include.toPath().isEmpty()
                            ? name
                            : include.toPath();
            Digest digest = new Digest(artifacts.get(i).digest());
            try {
                tree.include(store.manifest(digest), store.tree(digest), from, to);
            } catch (IncludeException e) {
                throw new SourceException(
                        ConditionTypes.STORAGE_OPERATION_FAILED,
                        "CopyFailure",
                        "'%s' of GitRepository '%s' can't be copied to '%s': %s"
                                .formatted(from, name, to, e.getMessage()));
            }
        }
    }

    private static SourceException unavailable(String reason, String message) {
        return new SourceException(ConditionTypes.INCLUDE_UNAVAILABLE, reason, message);
    }
}
