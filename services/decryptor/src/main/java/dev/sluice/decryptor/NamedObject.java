package dev.sluice.decryptor;

import dev.sluice.kubernetes.ResourceKind;
import java.util.Comparator;
import java.util.Locale;

/**
 * A Secret, ConfigMap or ServiceAccount that deliveries name.
 *
 * @param kind {@code Secret}, {@code ConfigMap} or {@code ServiceAccount}
 */
record NamedObject(String kind, String namespace, String name) {

    static final Comparator<NamedObject> ORDER = Comparator.comparing(NamedObject::display);

    static final String SECRET = "Secret";
    static final String CONFIG_MAP = "ConfigMap";
    static final String SERVICE_ACCOUNT = "ServiceAccount";

    /** The kind as the API server knows it. */
    ResourceKind resource() {
        return resource(kind);
    }

    static ResourceKind resource(String kind) {
        return new ResourceKind("", "v1", kind, kind.toLowerCase(Locale.ROOT) + 's', true);
    }

    /** As messages have it. */
    String display() {
        return kind + '/' + namespace + '/' + name;
    }
}
