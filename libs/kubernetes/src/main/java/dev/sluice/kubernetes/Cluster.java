package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A session with one cluster under one identity. Sessions that act as someone else share the
 * connections and what is known of the cluster with the one that they come from. Safe for use by
 * many threads; every call blocks.
 */
public final class Cluster implements AutoCloseable {

    /** Whoever needs longer for its own version is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final boolean owned;
    private final ApiServer server;
    private final Discovery discovery;
    private final String user;
    private final Cluster root;
    private final Map<Class<?>, Object> kept;

    private Cluster(KubernetesClient client, boolean owned) {
        this.client = client;
        this.owned = owned;
        this.server = new ApiServer(client.getHttpClient(), client.getMasterUrl().toExternalForm());
        this.discovery = new Discovery(server, Clock.systemUTC());
        this.user = "";
        this.root = this;
        this.kept = new ConcurrentHashMap<>();
    }

    private Cluster(Cluster parent, String user) {
        this.client = parent.client;
        this.owned = false;
        this.server = parent.server;
        this.discovery = parent.discovery;
        this.user = user;
        this.root = parent.root;
        this.kept = parent.kept;
    }

    /** A session over a client that someone else closes. */
    public static Cluster over(KubernetesClient client) {
        return new Cluster(client, false);
    }

    /**
     * A session of its own, closed with {@link #close}. HTTP/2 is off: watches are long, and the
     * streams of one shared connection are few.
     */
    public static Cluster connect(Config config) {
        config.setHttp2Disable(true);
        // Whoever sends decides what is sent again: a typing mistake is an Internal Server Error.
        config.setRequestRetryBackoffLimit(0);
        return new Cluster(new KubernetesClientBuilder().withConfig(config).build(), true);
    }

    /**
     * The same cluster as that user.
     *
     * @param name for example {@code system:serviceaccount:team:deployer}
     */
    public Cluster actingAs(String name) {
        return new Cluster(this, name);
    }

    /** The user for a service account. */
    public static String serviceAccountUser(String namespace, String name) {
        return "system:serviceaccount:" + namespace + ':' + name;
    }

    /**
     * Something that is costly to learn of a cluster and the same for all identities: made once,
     * with the session's own identity, and shared by every session that comes from it.
     */
    public <T> T once(Class<T> type, Function<Cluster, T> maker) {
        return type.cast(kept.computeIfAbsent(type, _ -> maker.apply(root)));
    }

    /** Whom this session acts as; empty for its own identity. */
    public String user() {
        return user;
    }

    /** The client below, for what needs no speed. Its identity is the session's own. */
    public KubernetesClient client() {
        return client;
    }

    /**
     * How the cluster serves a kind.
     *
     * @throws KubernetesException {@code NO_MATCH} where it does not
     */
    public ResourceKind resource(String apiVersion, String kind) throws KubernetesException {
        return discovery.find(apiVersion, kind);
    }

    /**
     * How the cluster serves a kind that was written in a version that may be gone by now; empty
     * where it serves the kind in no version.
     */
    public Optional<ResourceKind> resourceInAnyVersion(String group, String version, String kind)
            throws KubernetesException {
        try {
            return Optional.of(resource(group.isEmpty() ? version : group + '/' + version, kind));
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.NO_MATCH)) {
                return discovery.findAnyVersion(group, kind);
            }
            throw e;
        }
    }

    /** Makes the session ask again for the kinds of a group. */
    public void forgetKinds(String group) {
        discovery.forget(group);
    }

    public ApiAnswer send(ApiRequest request) throws KubernetesException {
        return server.send(request, user);
    }

    /** Whether the API server itself answers now, whatever an API behind it does. */
    public boolean answers() {
        try {
            send(ApiRequest.get("/version").within(PATIENCE));
            return true;
        } catch (KubernetesException e) {
            return !e.failure().sort().outage();
        }
    }

    /** Opens a watch; its lines are watch events. */
    public ApiStream stream(ApiRequest request) throws KubernetesException {
        return server.stream(request, user);
    }

    /** The object, or empty where there is none. */
    public Optional<ObjectNode> get(ResourceKind kind, String namespace, String name)
            throws KubernetesException {
        Optional<ApiAnswer> answer = find(ApiRequest.get(kind.path(namespace, name)));
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer.get().object());
    }

    /** The object's metadata, or empty where there is no such object. */
    public Optional<ObjectMeta> metadata(ResourceKind kind, String namespace, String name)
            throws KubernetesException {
        Optional<ApiAnswer> answer =
                find(ApiRequest.get(kind.path(namespace, name)).accepting(ApiRequest.METADATA));
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer.get().metadata());
    }

    private Optional<ApiAnswer> find(ApiRequest request) throws KubernetesException {
        try {
            return Optional.of(send(request));
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Ends what was made with {@link #once} too, where it can be closed. */
    @Override
    public void close() {
        for (Object made : kept.values()) {
            if (made instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }
        if (owned) {
            client.close();
        }
    }

    private static void close(AutoCloseable made) {
        try {
            made.close();
        } catch (Exception e) {
            throw new IllegalStateException("what is kept of a cluster closes without failing", e);
        }
    }
}
