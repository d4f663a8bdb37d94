package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a cluster wants of one commit.
 *
 * @param objects by {@code Kind/namespace/name}, with the Kustomization that wants them
 * @param notes what could not be looked into, and why
 */
record ClusterState(SortedMap<String, Wanted> objects, List<String> notes) {

    /**
     * An object that is wanted.
     *
     * @param by namespace and name of the Kustomization
     * @param secret whether its content must not be shown
     */
    record Wanted(String by, ObjectNode tree, boolean secret) {}

    ClusterState {
        notes = List.copyOf(notes);
    }

    Map<String, Wanted> all() {
        return objects;
    }
}
