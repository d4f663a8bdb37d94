package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HelmReleases of the cluster as last seen, by the watch or in the answer to our own write.
 * Wakes whom a change concerns: the release itself, where more than its status changed, and those
 * that depend on it, where it became ready. Safe for use by many threads.
 */
public final class HelmReleases implements Sink {

    public static final String KIND = "HelmRelease";
    static final String API_VERSION = Groups.HELM + "/v2";

    private static final Logger LOG = LoggerFactory.getLogger(HelmReleases.class);
    private static final List<String> REQUESTS =
            List.of(Annotations.REQUESTED_AT, Annotations.FORCE_AT, Annotations.RESET_AT);

    private final String cluster;
    private final Consumer<DeliveryId> wake;
    private final Map<DeliveryId, HelmRelease> latest = new ConcurrentHashMap<>();

    /** Touched by the thread of the watch only. */
    private final Set<DeliveryId> listed = new HashSet<>();

    public HelmReleases(String cluster, Consumer<DeliveryId> wake) {
        this.cluster = cluster;
        this.wake = wake;
    }

    public @Nullable HelmRelease get(DeliveryId id) {
        return latest.get(id);
    }

    public Set<DeliveryId> ids() {
        return Set.copyOf(latest.keySet());
    }

    /** Takes an object, unless something newer is known. */
    void put(DeliveryId id, HelmRelease object) {
        HelmRelease[] before = new HelmRelease[1];
        HelmRelease after =
                latest.compute(
                        id,
                        (same, known) -> {
                            before[0] = known;
                            return known != null && isNewer(known.metadata(), object.metadata())
                                    ? known
                                    : object;
                        });
        if (!Objects.equals(after, object)) {
            return;
        }
        if (before[0] == null || isWork(before[0].metadata(), object.metadata())) {
            wake.accept(id);
        }
        if (isReady(object) && (before[0] == null || !isReady(before[0]))) {
            dependants(id).forEach(wake);
        }
    }

    private static boolean isNewer(Metadata known, Metadata other) {
        return known.uid().equals(other.uid())
                && number(known.resourceVersion()) > number(other.resourceVersion());
    }

    private static long number(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isWork(Metadata before, Metadata after) {
        return !before.uid().equals(after.uid())
                || before.generation() != after.generation()
                || before.isDeleted() != after.isDeleted()
                || REQUESTS.stream()
                        .anyMatch(name ->
                                !Objects.equals(
                                        before.annotations().get(name),
                                        after.annotations().get(name)));
    }

    /** As those see it that depend on it. */
    static boolean isReady(HelmRelease object) {
        HelmReleaseStatus status = object.status();
        return status != null
                && Long.valueOf(object.metadata().generation()).equals(status.observedGeneration())
                && status.conditions().stream()
                        .anyMatch(c -> c.type().equals(ConditionTypes.READY) && c.isTrue());
    }

    private List<DeliveryId> dependants(DeliveryId id) {
        return latest.entrySet().stream()
                .filter(entry -> HelmDependencies.of(entry.getKey(), entry.getValue()).contains(id))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void remove(DeliveryId id, String uid) {
        latest.computeIfPresent(
                id, (same, known) -> known.metadata().uid().equals(uid) ? null : known);
        wake.accept(id);
    }

    @Override
    public void begin() {
        listed.clear();
    }

    @Override
    public void present(ObjectNode object) {
        DeliveryId id = id(object);
        listed.add(id);
        take(id, object);
    }

    /** Takes an object as the server answered it; one that cannot be read is left alone. */
    void take(DeliveryId id, ObjectNode object) {
        object.put("apiVersion", API_VERSION).put("kind", KIND);
        try {
            put(id, FluxJson.read(object, HelmRelease.class));
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", id)
                    .addKeyValue("reason", e.getMessage())
                    .log("a HelmRelease cannot be read and is left alone");
        }
    }

    @Override
    public void complete() {
        for (DeliveryId id : ids()) {
            HelmRelease known = latest.get(id);
            if (known != null && !listed.contains(id)) {
                remove(id, known.metadata().uid());
            }
        }
    }

    @Override
    public void gone(ObjectNode object) {
        remove(id(object), object.path("metadata").path("uid").asText());
    }

    private DeliveryId id(ObjectNode object) {
        return new DeliveryId(
                cluster,
                KIND,
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }
}
