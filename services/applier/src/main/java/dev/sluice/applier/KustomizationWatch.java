package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a watch sees of the Kustomizations into their table, and wakes whom it concerns: the
 * delivery itself where more than its status changed, and those that depend on it.
 */
final class KustomizationWatch implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(KustomizationWatch.class);

    private final String cluster;
    private final Kustomizations objects;
    private final Consumer<DeliveryId> wake;
    private final Set<DeliveryId> listed = new HashSet<>();

    KustomizationWatch(String cluster, Kustomizations objects, Consumer<DeliveryId> wake) {
        this.cluster = cluster;
        this.objects = objects;
        this.wake = wake;
    }

    @Override
    public void begin() {
        listed.clear();
    }

    @Override
    public void present(ObjectNode object) {
        listed.add(id(object));
        complete(object);
        Kustomization now = read(object);
        if (now != null) {
            changed(id(object), now);
        }
    }

    /** Whatever was known and is not listed is gone. */
    @Override
    public void complete() {
        for (DeliveryId id : objects.ids()) {
            Kustomization known = objects.get(id);
            if (known != null && !listed.contains(id)) {
                gone(id, known.metadata().uid());
            }
        }
    }

    @Override
    public void gone(ObjectNode object) {
        gone(id(object), object.path("metadata").path("uid").asText());
    }

    private void gone(DeliveryId id, String uid) {
        objects.remove(id, uid);
        wake.accept(id);
        objects.dependants(id).forEach(wake);
    }

    private void changed(DeliveryId id, Kustomization now) {
        Kustomizations.Change change = objects.put(id, now);
        if (!change.taken()) {
            return;
        }
        Kustomization before = change.before();
        if (before == null || concernsItself(before, now)) {
            wake.accept(id);
        }
        if (before == null || concernsDependants(before, now)) {
            objects.dependants(id).forEach(wake);
        }
    }

    private @Nullable Kustomization read(ObjectNode object) {
        try {
            return FluxJson.read(object, Kustomization.class);
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", id(object))
                    .addKeyValue("reason", e.getMessage())
                    .log("a Kustomization cannot be read and is left alone");
            return null;
        }
    }

    /** Items of a listing do not name their kind. */
    private static void complete(ObjectNode object) {
        object.put("apiVersion", Statuses.API_VERSION).put("kind", Statuses.KIND);
    }

    private DeliveryId id(ObjectNode object) {
        return new DeliveryId(
                cluster,
                Statuses.KIND,
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }

    /** The status is our own. */
    private static boolean concernsItself(Kustomization before, Kustomization now) {
        return !before.metadata().uid().equals(now.metadata().uid())
                || before.metadata().generation() != now.metadata().generation()
                || before.metadata().isDeleted() != now.metadata().isDeleted()
                || !before.metadata().annotations().equals(now.metadata().annotations());
    }

    private static boolean concernsDependants(Kustomization before, Kustomization now) {
        return before.metadata().generation() != now.metadata().generation()
                || !Objects.equals(before.status(), now.status());
    }
}
