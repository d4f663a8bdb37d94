package dev.sluice.decryptor;

import java.util.Comparator;

/**
 * A Secret or ConfigMap that deliveries name.
 *
 * @param kind {@code Secret} or {@code ConfigMap}
 */
record NamedObject(String kind, String namespace, String name) {

    static final Comparator<NamedObject> ORDER = Comparator.comparing(NamedObject::display);

    static final String SECRET = "Secret";
    static final String CONFIG_MAP = "ConfigMap";

    /** As messages have it. */
    String display() {
        return kind + '/' + namespace + '/' + name;
    }
}
