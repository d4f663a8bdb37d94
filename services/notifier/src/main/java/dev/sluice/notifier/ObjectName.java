package dev.sluice.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object of a known kind by its namespace and name. */
record ObjectName(String namespace, String name) {

    static ObjectName of(ObjectNode object) {
        return new ObjectName(
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }

    @Override
    public String toString() {
        return namespace + '/' + name;
    }
}
