package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Dependency;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.SourceReference;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the Kustomizations that one depends on are ready: each exists, has been observed in its
 * present generation and is Ready; one from the same source has applied the very revision. A {@code
 * readyExpr} takes the place of all but the existence.
 */
final class DependencyCheck {

    /**
     * What holds a Kustomization up.
     *
     * @param message in Flux's words
     * @param waitingFor as {@code Kustomization/namespace/name}
     * @param fault why only another spec helps; null where waiting does
     */
    record Hold(String message, String waitingFor, @Nullable Reason fault) {}

    private final Function<DeliveryId, @Nullable Kustomization> objects;
    private final ReadyExpressions expressions;
    private final NamespaceBoundary boundary;

    DependencyCheck(
            Function<DeliveryId, @Nullable Kustomization> objects,
            ReadyExpressions expressions,
            NamespaceBoundary boundary) {
        this.objects = objects;
        this.expressions = expressions;
        this.boundary = boundary;
    }

    /**
     * @param revision that the delivery itself is about to apply; empty where it has none
     * @return empty where nothing holds it up
     */
    Optional<Hold> check(DeliveryId id, Kustomization self, String revision) {
        for (Dependency dependency : self.spec().dependsOn()) {
            Optional<Hold> hold = check(id, self, dependency, revision);
            if (hold.isPresent()) {
                return hold.map(h -> named(h, id));
            }
        }
        return Optional.empty();
    }

    /** The deliveries that one waits for, whatever their state. */
    static List<DeliveryId> of(DeliveryId id, Kustomization self) {
        return self.spec().dependsOn().stream().map(d -> target(id, d)).toList();
    }

    private Optional<Hold> check(
            DeliveryId id, Kustomization self, Dependency dependency, String revision) {
        DeliveryId target = target(id, dependency);
        String name = target.namespace() + '/' + target.name();
        Optional<String> refusal =
                boundary.refusal(id.namespace(), target.kind(), target.namespace(), target.name());
        if (refusal.isPresent()) {
            return Optional.of(new Hold(refusal.get(), display(target), Reason.ACCESS_DENIED));
        }
        Kustomization found = objects.apply(target);
        if (found == null) {
            return hold(target, "dependency '" + name + "' was not found");
        }
        String expression = dependency.readyExpr();
        if (expression != null && !expression.isEmpty()) {
            return expressions.check(expression, self, found, target);
        }
        if (!ready(found)) {
            return hold(target, "dependency '" + name + "' is not ready");
        }
        return sameSource(self, found) && !revision.equals(appliedRevision(found))
                ? hold(target, "dependency '" + name + "' revision is not up to date")
                : Optional.empty();
    }

    private static boolean ready(Kustomization found) {
        KustomizationStatus status = found.status();
        return status != null
                && status.observedGeneration() != null
                && status.observedGeneration() == found.metadata().generation()
                && status.conditions().stream()
                        .anyMatch(c -> c.type().equals(ConditionTypes.READY) && c.isTrue());
    }

    private static boolean sameSource(Kustomization self, Kustomization other) {
        SourceReference mine = self.spec().sourceRef();
        SourceReference its = other.spec().sourceRef();
        return mine.kind().equals(its.kind())
                && mine.name().equals(its.name())
                && namespace(self).equals(namespace(other));
    }

    private static String namespace(Kustomization object) {
        String named = object.spec().sourceRef().namespace();
        return named == null || named.isEmpty() ? object.metadata().namespace() : named;
    }

    private static @Nullable String appliedRevision(Kustomization object) {
        return object.status() == null ? null : object.status().lastAppliedRevision();
    }

    private static Optional<Hold> hold(DeliveryId target, String message) {
        return Optional.of(new Hold(message, display(target), null));
    }

    static String display(DeliveryId id) {
        return id.kind() + '/' + id.namespace() + '/' + id.name();
    }

    private static DeliveryId target(DeliveryId id, Dependency dependency) {
        String namespace = dependency.namespace();
        return new DeliveryId(
                id.cluster(),
                id.kind(),
                namespace == null || namespace.isEmpty() ? id.namespace() : namespace,
                dependency.name());
    }

    /** Adds the circle to the message where waiting will never end. */
    private Hold named(Hold hold, DeliveryId id) {
        List<DeliveryId> path = new ArrayList<>();
        if (!leadsBack(id, id, path, new HashSet<>())) {
            return hold;
        }
        String circle =
                path.stream()
                        .map(d -> d.namespace() + '/' + d.name())
                        .collect(Collectors.joining(" -> "));
        return new Hold(
                hold.message() + " and never will be: they wait for each other: " + circle,
                hold.waitingFor(),
                hold.fault());
    }

    private boolean leadsBack(
            DeliveryId from, DeliveryId goal, List<DeliveryId> path, Set<DeliveryId> seen) {
        path.add(from);
        Kustomization object = objects.apply(from);
        if (object != null && seen.add(from)) {
            for (DeliveryId next : of(from, object)) {
                if (next.equals(goal)) {
                    path.add(goal);
                    return true;
                }
                if (leadsBack(next, goal, path, seen)) {
                    return true;
                }
            }
        }
        path.removeLast();
        return false;
    }
}
