package dev.sluice.fetcher.gitrepository;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fetcher.tree.IncludeException;
import dev.sluice.fetcher.tree.WorkTree;
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

    private static final SourceKind<GitRepository> KIND = SourceKind.of(GitRepository.class);

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
            SourceKey key = KIND.key(object.metadata().namespace(), name);
            if (table.get(key).isEmpty()) {
                throw unavailable("NotFound", "'%s' is not there".formatted(key));
            }
            artifacts.add(
                    table.artifact(key)
                            .orElseThrow(() ->
                                    unavailable(
                                            "NoArtifact",
                                            "'%s' has no artifact yet".formatted(key))));
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
