package dev.sluice.decryptor;

import dev.sluice.events.DeliveryId;
import java.util.List;
import java.util.Map;

/**
 * Knows which version each named object has now, without reading it. A port: the cluster in
 * production, a table in tests.
 */
interface InputVersions {

    /** The version of an object that is not there. */
    String MISSING = "missing";

    /**
     * Names what a delivery depends on, in place of what it named before; from now on it is woken
     * when one of them changes.
     *
     * @return the versions, in the order of the objects' names
     */
    Map<NamedObject, String> follow(DeliveryId delivery, List<NamedObject> named)
            throws InterruptedException;

    /** The delivery depends on nothing any more. */
    void forget(DeliveryId delivery);
}
