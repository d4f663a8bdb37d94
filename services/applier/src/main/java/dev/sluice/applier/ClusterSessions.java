package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.Digest;
import dev.sluice.fluxapi.KubeConfig;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with the clusters that deliveries are meant for, in the name in which they are applied.
 * A remote session is kept as long as its kubeconfig stays the same. Safe for use by many threads.
 */
final class ClusterSessions implements AutoCloseable {

    private static final int REMOTES = 64;
    private static final List<String> DEFAULT_KEYS = List.of("value", "value.yaml");

    private final Cluster own;
    private final Optional<String> defaultServiceAccount;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Digest, Cluster> remotes = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param own the session with the cluster that holds the Kustomizations
     */
    ClusterSessions(Cluster own, Optional<String> defaultServiceAccount) {
        this.own = own;
        this.defaultServiceAccount = defaultServiceAccount;
    }

    Cluster own() {
        return own;
    }

    /**
     * The session for what a Kustomization applies.
     *
     * @throws TargetException where its kubeConfig cannot be used
     */
    Cluster of(Kustomization object) throws TargetException, KubernetesException {
        KubeConfig remote = object.spec().kubeConfig();
        Cluster cluster = remote == null ? own : remote(object.metadata().namespace(), remote);
        return serviceAccount(object)
                .map(name ->
                        cluster.actingAs(
                                Cluster.serviceAccountUser(object.metadata().namespace(), name)))
                .orElse(cluster);
    }

    /** The service account in whose name a Kustomization is applied. */
    Optional<String> serviceAccount(Kustomization object) {
        String named = object.spec().serviceAccountName();
        return named == null || named.isEmpty() ? defaultServiceAccount : Optional.of(named);
    }

    private Cluster remote(String namespace, KubeConfig config)
            throws TargetException, KubernetesException {
        KubeConfig.SecretKey secret = config.secretRef();
        if (secret == null) {
            throw new TargetException(
                    "kubeConfig.configMapRef is not supported: use kubeConfig.secretRef");
        }
        String name = "Secret '" + namespace + '/' + secret.name() + "'";
        String text = text(namespace, secret, name);
        Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
        lock.lock();
        try {
            Cluster known = remotes.get(digest);
            if (known == null) {
                known = Cluster.connect(Kubeconfig.read(text, name));
                remotes.put(digest, known);
                closeOldest();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private String text(String namespace, KubeConfig.SecretKey ref, String name)
            throws TargetException, KubernetesException {
        Optional<ObjectNode> secret = own.get(own.resource("v1", "Secret"), namespace, ref.name());
        if (secret.isEmpty()) {
            throw new TargetException("unable to read the kubeconfig: " + name + " was not found");
        }
        JsonNode data = secret.get().path("data");
        String key = ref.key();
        List<String> keys = key == null || key.isEmpty() ? DEFAULT_KEYS : List.of(key);
        for (String candidate : keys) {
            String found = decoded(data.path(candidate).asText());
            if (found != null) {
                return found;
            }
        }
        throw new TargetException(
                "unable to read the kubeconfig: "
                        + name
                        + " has no key "
                        + String.join(" or ", keys));
    }

    private static @Nullable String decoded(String base64) {
        return base64.isEmpty()
                ? null
                : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void closeOldest() {
        if (remotes.size() > REMOTES) {
            Map.Entry<Digest, Cluster> oldest = remotes.pollFirstEntry();
            if (oldest != null) {
                oldest.getValue().close();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            remotes.values().forEach(Cluster::close);
            remotes.clear();
        } finally {
            lock.unlock();
        }
    }
}
