package dev.sluice.applier;

import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this process, one for Kustomizations and HelmReleases alike: a request for other keys
 * must be carried out once, and what one of them opens after it, the other must open too.
 */
@Singleton
class SharedKeys {

    private final Cluster cluster;
    private final String namespace;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ApplierKeys keys;

    SharedKeys(
            KubernetesClient client, @ConfigProperty(name = "sluice.namespace") String namespace) {
        this.cluster = Cluster.over(client);
        this.namespace = namespace;
    }

    /** Reads or makes them, and follows them from then on, where nobody has asked before. */
    ApplierKeys get() throws KubernetesException {
        lock.lock();
        try {
            ApplierKeys known = keys;
            if (known == null) {
                known = ApplierKeys.load(cluster, namespace, new SecureRandom(), Clock.systemUTC());
                known.follow();
                keys = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @PreDestroy
    void close() {
        ApplierKeys known = keys;
        if (known != null) {
            known.close();
        }
    }
}
