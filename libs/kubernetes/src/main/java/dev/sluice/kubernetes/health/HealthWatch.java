package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.health.Health.State;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows the health of objects, by watching: no one polls and no one waits. Whoever started it is
 * told when something changes, on a thread of a watch, and asks for the {@link #report} then.
 */
public final class HealthWatch implements AutoCloseable {

    private static final Health NOT_SEEN = Health.inProgress("it has not been looked at yet");

    private record Group(String apiVersion, String kind, String namespace) {
        static Group of(HealthTarget target) {
            return new Group(target.apiVersion(), target.id().kind(), target.id().namespace());
        }
    }

    private final Map<ObjectId, Health> objects = new ConcurrentHashMap<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final Function<ObjectNode, Health> assessor;
    private final Runnable changed;

    private HealthWatch(Function<ObjectNode, Health> assessor, Runnable changed) {
        this.assessor = assessor;
        this.changed = changed;
    }

    /**
     * @param cluster session in whose name the objects are read
     * @param assessor reads the health of one object
     * @param changed called after each change; must be quick, for example wake a lane
     */
    public static HealthWatch start(
            Cluster cluster,
            Collection<HealthTarget> targets,
            Function<ObjectNode, Health> assessor,
            Runnable changed) {
        HealthWatch started = new HealthWatch(assessor, changed);
        for (HealthTarget target : targets) {
            started.objects.put(
                    target.id(), target.settled() ? Health.current("it is there") : NOT_SEEN);
        }
        targets.stream()
                .filter(t -> !t.settled())
                .collect(Collectors.groupingBy(Group::of))
                .values()
                .forEach(group -> started.watches.add(KindWatch.start(cluster, group, started)));
        return started;
    }

    /** What is known now. */
    public HealthReport report() {
        return new HealthReport(new TreeMap<>(objects));
    }

    @Override
    public void close() {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void seen(ObjectId id, ObjectNode object) {
        put(id, assessor.apply(object));
    }

    /**
     * It is gone or never was. A job that has completed and was cleared away is no less done: it
     * stays as it was.
     */
    void absent(ObjectId id) {
        Health before = objects.get(id);
        boolean done = id.kind().equals("Job") && before != null && before.state() == State.CURRENT;
        if (!done) {
            put(id, Health.NOT_FOUND);
        }
    }

    void unknown(ObjectId id, String why) {
        put(id, Health.unknown(why));
    }

    private void put(ObjectId id, Health health) {
        if (!health.equals(objects.put(id, health))) {
            changed.run();
        }
    }
}
