package dev.sluice.applier;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.DriftedObject.How;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.ResourceVersions;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.manifests.ObjectId;
import dev.sluice.pipeline.StateTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for drift itself, where nobody can tell of it: the detector speaks over the broker, and the
 * broker is away. Each round lists the metadata of the kinds that were applied and compares what
 * our manager owns with the record. Only of what is in the cluster of the Kustomizations; who did
 * it is not asked.
 */
final class DriftPatrol {

    private static final Logger LOG = LoggerFactory.getLogger(DriftPatrol.class);

    private final Cluster cluster;
    private final Function<DeliveryId, @Nullable Kustomization> objects;
    private final StateTable applied;
    private final DriftInbox inbox;
    private final Consumer<DeliveryId> wake;
    private final Clock clock;

    /**
     * @param objects those that this process works on
     * @param applied what was applied, by delivery
     * @param wake told of each delivery whose objects drifted
     */
    DriftPatrol(
            Cluster cluster,
            Function<DeliveryId, @Nullable Kustomization> objects,
            StateTable applied,
            DriftInbox inbox,
            Consumer<DeliveryId> wake,
            Clock clock) {
        this.cluster = cluster;
        this.objects = objects;
        this.applied = applied;
        this.inbox = inbox;
        this.wake = wake;
        this.clock = clock;
    }

    /** One round over everything. */
    void round() {
        Round round = new Round();
        applied.all().stream()
                .map(envelope -> envelope.event())
                .filter(DeliveryApplied.class::isInstance)
                .map(DeliveryApplied.class::cast)
                .filter(this::isHere)
                .forEach(round::judge);
    }

    private boolean isHere(DeliveryApplied record) {
        Kustomization object = objects.apply(record.delivery());
        return object != null
                && object.spec().kubeConfig() == null
                && !object.spec().suspend()
                && object.metadata().uid().equals(record.position().uid());
    }

    /** What is seen in one round. */
    private final class Round {

        private record Family(String group, String version, String kind) {}

        /** Empty where they cannot be listed now. */
        private final Map<Family, Optional<Map<ObjectId, ObjectMeta>>> live = new HashMap<>();

        void judge(DeliveryApplied record) {
            List<DriftedObject> drifted = new ArrayList<>();
            for (AppliedObject object : record.objects()) {
                if (!object.owned().isEmpty()) {
                    judge(object).ifPresent(drifted::add);
                }
            }
            if (!drifted.isEmpty()) {
                inbox.add(new DriftDetected(record.delivery(), record.position(), drifted));
                wake.accept(record.delivery());
            }
        }

        private Optional<DriftedObject> judge(AppliedObject expected) {
            ObjectId id = ObjectId.parse(expected.id());
            Optional<Map<ObjectId, ObjectMeta>> seen =
                    live.computeIfAbsent(
                            new Family(id.group(), expected.version(), id.kind()), this::list);
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            ObjectMeta meta = seen.get().get(id);
            if (meta == null) {
                // Its label may be gone and the object not: whoever applies it finds out.
                return Optional.of(drifted(expected, How.DELETED, ""));
            }
            boolean holds =
                    meta.deleting()
                            || ResourceVersions.notLater(
                                    meta.resourceVersion(), expected.resourceVersion())
                            || owned(meta).equals(expected.owned());
            return holds
                    ? Optional.empty()
                    : Optional.of(drifted(expected, How.EDITED, meta.resourceVersion()));
        }

        private static String owned(ObjectMeta meta) {
            return meta.appliedBy(Labels.KUSTOMIZE_MANAGER).map(FieldOwner::digest).orElse("");
        }

        private DriftedObject drifted(AppliedObject object, How how, String resourceVersion) {
            return new DriftedObject(
                    object.id(), how, null, List.of(), resourceVersion, clock.instant(), 1, false);
        }

        private Optional<Map<ObjectId, ObjectMeta>> list(Family family) {
            try {
                Optional<ResourceKind> kind =
                        cluster.resourceInAnyVersion(
                                family.group(), family.version(), family.kind());
                if (kind.isEmpty()) {
                    return Optional.empty();
                }
                Map<ObjectId, ObjectMeta> found = new HashMap<>();
                Selection.labelled(kind.get(), Labels.KUSTOMIZATION_NAME)
                        .look(cluster)
                        .forEach(object -> {
                            ObjectMeta meta = ObjectMeta.of(object.path("metadata"));
                            found.put(
                                    new ObjectId(
                                            family.group(),
                                            family.kind(),
                                            meta.namespace(),
                                            meta.name()),
                                    meta);
                        });
                return Optional.of(found);
            } catch (KubernetesException e) {
                LOG.debug("a kind cannot be listed: {}", e.getMessage());
                return Optional.empty();
            }
        }
    }
}
