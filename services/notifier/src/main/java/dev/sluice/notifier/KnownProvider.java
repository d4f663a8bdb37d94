package dev.sluice.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.notification.Provider;

/**
 * A Provider.
 *
 * @param tree the whole object, for expressions
 */
record KnownProvider(Provider object, ObjectNode tree) {

    static KnownProvider read(ObjectNode tree) throws MalformedObjectException {
        return new KnownProvider(FluxJson.read(tree, Provider.class), tree.deepCopy());
    }

    ObjectName name() {
        return new ObjectName(object.metadata().namespace(), object.metadata().name());
    }

    boolean suspended() {
        return object.spec().suspend();
    }
}
