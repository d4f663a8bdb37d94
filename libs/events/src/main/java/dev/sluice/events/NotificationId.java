package dev.sluice.events;

/**
 * One announcement that one Alert passes on.
 *
 * @param cluster the cluster of the Alert
 * @param namespace of the Alert
 * @param alert its name
 * @param announcement id of the event that is passed on
 */
public record NotificationId(String cluster, String namespace, String alert, String announcement) {

    public NotificationId {
        KeyParts.check(cluster, namespace, alert);
    }

    /** The record key, {@code cluster/Alert/namespace/name}: order holds per Alert. */
    public String key() {
        return cluster + "/Alert/" + namespace + '/' + alert;
    }
}
