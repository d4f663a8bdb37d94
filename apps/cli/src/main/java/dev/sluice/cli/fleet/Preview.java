package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.fleet.ClusterState.Wanted;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What another commit would change on each cluster. */
public final class Preview {

    /** What would become of an object. */
    public enum Action {
        created,
        configured,
        deleted
    }

    /**
     * A change of one object.
     *
     * @param by the Kustomization that wants it
     * @param fields what differs, one line each, without anything that is secret
     */
    public record Change(String object, String by, Action action, List<String> fields) {

        public Change {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A cluster.
     *
     * @param failure why it could not be rendered at the new commit; null where it could
     */
    public record Cluster(
            String path, List<Change> changes, List<String> notes, @Nullable String failure) {

        public Cluster {
            changes = List.copyOf(changes);
            notes = List.copyOf(notes);
        }
    }

    private Preview() {}

    /** The folders below one that are clusters: those that hold something. */
    public static List<String> clusters(FileTree before, FileTree after, String folder)
            throws FleetException {
        SortedSet<String> names = new TreeSet<>();
        try {
            for (FileTree tree : List.of(before, after)) {
                if (tree.kind(folder) == PathKind.DIRECTORY) {
                    for (String name : tree.list(folder)) {
                        String path = folder + '/' + name;
                        if (tree.kind(path) == PathKind.DIRECTORY) {
                            names.add(path);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new FleetException(folder + " cannot be read: " + e.getMessage(), e);
        }
        if (names.isEmpty()) {
            throw new FleetException(
                    "there is no cluster below " + folder + ": name a folder by --clusters");
        }
        return List.copyOf(names);
    }

    /** What would change on one cluster. */
    public static Cluster of(FileTree before, FileTree after, String path, ReleaseRender releases) {
        ClusterState old;
        try {
            old = state(before, path, releases);
        } catch (FleetException e) {
            // What was broken before shows no difference, only what it is now.
            old = new ClusterState(new TreeMap<>(), List.of());
        }
        try {
            ClusterState now = state(after, path, releases);
            return new Cluster(path, changes(old, now), now.notes(), null);
        } catch (FleetException e) {
            return new Cluster(path, List.of(), List.of(), e.getMessage());
        }
    }

    private static ClusterState state(FileTree tree, String path, ReleaseRender releases)
            throws FleetException {
        return tree.kind(path) == PathKind.DIRECTORY
                ? ClusterRender.of(tree, path, releases)
                : new ClusterState(new TreeMap<>(), List.of());
    }

    private static List<Change> changes(ClusterState old, ClusterState now) {
        SortedSet<String> names = new TreeSet<>(old.objects().keySet());
        names.addAll(now.objects().keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            change(name, old.all().get(name), now.all().get(name)).ifPresent(changes::add);
        }
        return changes;
    }

    private static Optional<Change> change(
            String name, @Nullable Wanted old, @Nullable Wanted now) {
        if (old == null) {
            return Optional.of(
                    new Change(name, Objects.requireNonNull(now).by(), Action.created, List.of()));
        }
        if (now == null) {
            return Optional.of(new Change(name, old.by(), Action.deleted, List.of()));
        }
        JsonNode before = old.tree();
        JsonNode after = now.tree();
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(
                        new Change(
                                name,
                                now.by(),
                                Action.configured,
                                FieldChanges.of(before, after, old.secret() || now.secret())));
    }
}
