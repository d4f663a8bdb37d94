package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.DriftedObject.How;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.ResourceVersions;
import dev.sluice.kubernetes.target.TargetException;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.manifests.ObjectId;
import dev.sluice.pipeline.StateTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for drift itself, where nobody can tell of it: the detector speaks over the broker, and the
 * broker is away. Each round lists the metadata of the kinds that were applied and compares what
 * our manager owns with the record, in each cluster that deliveries apply to; who did it is not
 * asked.
 */
final class DriftPatrol {

    private static final Logger LOG = LoggerFactory.getLogger(DriftPatrol.class);

    private final Beat beat;
    private final StateTable applied;
    private final Clock clock;

    /**
     * @param applied what was applied, by delivery
     */
    DriftPatrol(Beat beat, StateTable applied, Clock clock) {
        this.beat = beat;
        this.applied = applied;
        this.clock = clock;
    }

    /** One round over everything. */
    void round() {
        Round round = new Round();
        applied.all().stream()
                .map(envelope -> envelope.event())
                .filter(DeliveryApplied.class::isInstance)
                .map(DeliveryApplied.class::cast)
                .forEach(round::judge);
    }

    /** What is seen in one round. */
    private final class Round {

        private record Family(Cluster cluster, String group, String version, String kind) {}

        /** Empty where they cannot be listed now. */
        private final Map<Family, Optional<Map<ObjectId, ObjectMeta>>> live = new HashMap<>();

        /** One that does not answer would be waited for with each of its kinds. */
        private final Set<Cluster> silent = new HashSet<>();

        void judge(DeliveryApplied record) {
            try {
                beat.cluster(record).ifPresent(cluster -> judge(record, cluster));
            } catch (TargetException | KubernetesException e) {
                LOG.debug("drift of {} cannot be seen: {}", record.delivery(), e.getMessage());
            }
        }

        private void judge(DeliveryApplied record, Cluster cluster) {
            List<DriftedObject> drifted = new ArrayList<>();
            for (AppliedObject object : record.objects()) {
                if (!object.owned().isEmpty()) {
                    judge(object, cluster).ifPresent(drifted::add);
                }
            }
            if (!drifted.isEmpty()) {
                beat.report(new DriftDetected(record.delivery(), record.position(), drifted));
            }
        }

        private Optional<DriftedObject> judge(AppliedObject expected, Cluster cluster) {
            ObjectId id = ObjectId.parse(expected.id());
            Optional<Map<ObjectId, ObjectMeta>> seen =
                    live.computeIfAbsent(
                            new Family(cluster, id.group(), expected.version(), id.kind()),
                            this::list);
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
                            || beat.leftAlone(meta)
                            || ResourceVersions.notLater(
                                    meta.resourceVersion(), expected.resourceVersion())
                            || beat.owned(meta).equals(expected.owned());
            return holds
                    ? Optional.empty()
                    : Optional.of(drifted(expected, How.EDITED, meta.resourceVersion()));
        }

        private DriftedObject drifted(AppliedObject object, How how, String resourceVersion) {
            return new DriftedObject(
                    object.id(), how, null, List.of(), resourceVersion, clock.instant(), 1, false);
        }

        private Optional<Map<ObjectId, ObjectMeta>> list(Family family) {
            if (silent.contains(family.cluster())) {
                return Optional.empty();
            }
            try {
                Optional<ResourceKind> kind =
                        family.cluster()
                                .resourceInAnyVersion(
                                        family.group(), family.version(), family.kind());
                if (kind.isEmpty()) {
                    return Optional.empty();
                }
                Map<ObjectId, ObjectMeta> found = new HashMap<>();
                Selection.labelled(kind.get(), beat.ownerLabel())
                        .look(family.cluster())
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
                if (e.is(KubernetesFailure.Sort.UNREACHABLE)) {
                    silent.add(family.cluster());
                }
                return Optional.empty();
            }
        }
    }
}
