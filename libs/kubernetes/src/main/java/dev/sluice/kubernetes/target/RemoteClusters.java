package dev.sluice.kubernetes.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.Sha256;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with other clusters. One is kept as long as what describes it stays the same, the last
 * used ones at most. Safe for use by many threads.
 */
public final class RemoteClusters implements AutoCloseable {

    private static final int MOST = 64;
    private static final List<String> DEFAULT_KEYS = List.of("value", "value.yaml");

    private final Cluster own;
    private final String defaultAccount;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Cluster> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param own the session with the cluster that holds the references
     */
    public RemoteClusters(Cluster own) {
        this(own, "");
    }

    /**
     * @param defaultAccount the service account whose tokens are shown where a ConfigMap names
     *     none; empty for our own. A ConfigMap says where its tokens go and what they are good for,
     *     so where others write it they should not be ours.
     */
    public RemoteClusters(Cluster own, String defaultAccount) {
        this.own = own;
        this.defaultAccount = defaultAccount;
    }

    /**
     * The session that a reference leads to, as its Secret or ConfigMap is now.
     *
     * @throws TargetException where it is missing or cannot be used
     */
    public Cluster of(RemoteReference reference) throws TargetException, KubernetesException {
        ObjectNode object =
                own.get(
                                own.resource("v1", reference.kind()),
                                reference.namespace(),
                                reference.name())
                        .orElseThrow(() ->
                                new TargetException(
                                        "unable to read the kubeconfig: "
                                                + reference.display()
                                                + " was not found"));
        return of(reference, object);
    }

    /**
     * The session that a reference leads to.
     *
     * @param object the Secret or ConfigMap
     * @throws TargetException where it cannot be used
     */
    public Cluster of(RemoteReference reference, ObjectNode object) throws TargetException {
        JsonNode data = object.path("data");
        if (reference.kind().equals("ConfigMap")) {
            TokenAccess access = TokenAccess.read(reference, data, own, defaultAccount);
            return session(
                    reference.namespace() + '\n' + Sha256.of(bytes(data.toString())),
                    access::config);
        }
        String text = kubeconfig(reference, data);
        return session(Sha256.of(bytes(text)), () -> Kubeconfig.read(text, reference.display()));
    }

    /** Makes the configuration of a session that is not there yet. */
    private interface Configuration {
        Config make() throws TargetException;
    }

    private Cluster session(String key, Configuration configuration) throws TargetException {
        lock.lock();
        try {
            Cluster known = sessions.get(key);
            if (known == null) {
                known = Cluster.connect(configuration.make());
                sessions.put(key, known);
                closeOldest();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static String kubeconfig(RemoteReference reference, JsonNode data)
            throws TargetException {
        List<String> keys = reference.key().isEmpty() ? DEFAULT_KEYS : List.of(reference.key());
        for (String candidate : keys) {
            String found = decoded(data.path(candidate).asText());
            if (found != null) {
                return found;
            }
        }
        throw new TargetException(
                "unable to read the kubeconfig: "
                        + reference.display()
                        + " has no key "
                        + String.join(" or ", keys));
    }

    private static @Nullable String decoded(String base64) {
        return base64.isEmpty()
                ? null
                : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void closeOldest() {
        if (sessions.size() > MOST) {
            Map.Entry<String, Cluster> oldest = sessions.pollFirstEntry();
            if (oldest != null) {
                oldest.getValue().close();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            sessions.values().forEach(Cluster::close);
            sessions.clear();
        } finally {
            lock.unlock();
        }
    }
}
