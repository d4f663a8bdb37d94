package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import dev.sluice.manifests.ObjectId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the wanted objects of one kind and namespace. One object is watched whole; of several
 * only the metadata is watched, and each is read when it changes, since its neighbours may be many.
 *
 * <p>Its own virtual thread finds the kind, asking again while it is not served, and, where
 * watching is not allowed, reads the objects again and again.
 */
final class KindWatch implements AutoCloseable, Sink {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration READ_AGAIN = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final HealthWatch owner;
    private final Map<String, ObjectId> wanted = new HashMap<>();
    private final String apiVersion;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch refused = new CountDownLatch(1);
    private final Set<String> present = new HashSet<>();
    private boolean whole;

    private KindWatch(Cluster cluster, List<HealthTarget> targets, HealthWatch owner) {
        this.cluster = cluster;
        this.owner = owner;
        this.apiVersion = targets.getFirst().apiVersion();
        targets.forEach(t -> wanted.put(t.id().name(), t.id()));
    }

    /**
     * @param targets of one kind and namespace
     */
    static KindWatch start(Cluster cluster, List<HealthTarget> targets, HealthWatch owner) {
        KindWatch started = new KindWatch(cluster, targets, owner);
        Thread.ofVirtual().name("health-" + started.any().kind()).start(started::run);
        return started;
    }

    @Override
    public void close() {
        closed.countDown();
        refused.countDown();
    }

    @Override
    public void begin() {
        present.clear();
    }

    @Override
    public void present(ObjectNode object) {
        String name = object.at("/metadata/name").asText();
        ObjectId id = wanted.get(name);
        if (id == null) {
            return;
        }
        present.add(name);
        if (whole) {
            complete(object);
            owner.seen(id, object);
        } else {
            read(id);
        }
    }

    @Override
    public void complete() {
        wanted.forEach((name, id) -> {
            if (!present.contains(name)) {
                owner.absent(id);
            }
        });
    }

    @Override
    public void gone(ObjectNode object) {
        ObjectId id = wanted.get(object.at("/metadata/name").asText());
        if (id != null) {
            owner.absent(id);
        }
    }

    @Override
    public void refused(KubernetesFailure failure) {
        refused.countDown();
    }

    private void run() {
        Optional<ResourceKind> kind = find();
        while (kind.isEmpty() && !ended(ASK_AGAIN)) {
            kind = find();
        }
        if (kind.isPresent()) {
            follow(kind.get());
        }
    }

    private void follow(ResourceKind kind) {
        whole = wanted.size() == 1;
        Selection selection =
                whole
                        ? Selection.object(kind, any().namespace(), any().name())
                        : new Selection(kind, any().namespace(), "", "", true);
        try (ObjectWatch _ = ObjectWatch.start(cluster, selection, this)) {
            refused.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        do {
            if (closed.getCount() > 0) {
                wanted.values().forEach(this::read);
            }
        } while (!ended(READ_AGAIN));
    }

    private void read(ObjectId id) {
        try {
            ResourceKind kind = cluster.resource(apiVersion, id.kind());
            cluster.get(kind, id.namespace(), id.name())
                    .ifPresentOrElse(o -> owner.seen(id, o), () -> owner.absent(id));
        } catch (KubernetesException e) {
            owner.unknown(id, e.failure().message());
        }
    }

    private Optional<ResourceKind> find() {
        try {
            return Optional.of(cluster.resource(apiVersion, any().kind()));
        } catch (KubernetesException e) {
            wanted.values().forEach(id -> owner.unknown(id, e.failure().message()));
            return Optional.empty();
        }
    }

    /** Items of a listing do not name their kind, which rules go by. */
    private void complete(ObjectNode object) {
        object.put("apiVersion", apiVersion).put("kind", any().kind());
    }

    private ObjectId any() {
        return wanted.values().iterator().next();
    }

    private boolean ended(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
