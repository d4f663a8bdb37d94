package dev.sluice.applier.helm;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Dependency;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the HelmReleases that one depends on are ready. */
final class HelmDependencies {

    private static final Set<String> VARIABLES = Set.of("self", "dep");
    private static final int MOST_COMPILED = 1_000;

    /**
     * What holds a release up.
     *
     * @param fault why only another spec helps; null where waiting does
     */
    record Hold(String message, @Nullable Reason fault) {}

    private final Function<DeliveryId, @Nullable HelmRelease> objects;
    private final NamespaceBoundary boundary;
    private final Map<String, Condition> compiled = new ConcurrentHashMap<>();

    HelmDependencies(
            Function<DeliveryId, @Nullable HelmRelease> objects, NamespaceBoundary boundary) {
        this.objects = objects;
        this.boundary = boundary;
    }

    /** The releases that one waits for, whatever their state. */
    static List<DeliveryId> of(DeliveryId id, HelmRelease self) {
        return self.spec().dependsOn().stream().map(each -> target(id, each)).toList();
    }

    private static DeliveryId target(DeliveryId id, Dependency dependency) {
        String namespace = dependency.namespace();
        return new DeliveryId(
                id.cluster(),
                id.kind(),
                namespace == null || namespace.isEmpty() ? id.namespace() : namespace,
                dependency.name());
    }

    Optional<Hold> check(DeliveryId id, HelmRelease self) {
        for (Dependency dependency : self.spec().dependsOn()) {
            DeliveryId target = target(id, dependency);
            String name = "'" + target.namespace() + '/' + target.name() + "'";
            Optional<String> refusal =
                    boundary.refusal(
                            id.namespace(), target.kind(), target.namespace(), target.name());
            if (refusal.isPresent()) {
                return Optional.of(new Hold(refusal.get(), Reason.ACCESS_DENIED));
            }
            HelmRelease found = objects.apply(target);
            if (found == null) {
                return hold("unable to get " + name + " dependency: it is not there");
            }
            String expression = dependency.readyExpr();
            if (expression != null && !expression.isEmpty()) {
                Optional<Hold> held = evaluate(expression, self, found, name);
                if (held.isPresent()) {
                    return held;
                }
            } else if (!HelmReleases.isReady(found)) {
                return hold("dependency " + name + " is not ready");
            }
        }
        return Optional.empty();
    }

    private Optional<Hold> evaluate(
            String expression, HelmRelease self, HelmRelease found, String name) {
        try {
            boolean ready =
                    condition(expression)
                            .holds(
                                    Map.of(
                                            "self", FluxJson.write(self),
                                            "dep", FluxJson.write(found)));
            return ready
                    ? Optional.empty()
                    : hold("dependency " + name + " is not ready according to readyExpr eval");
        } catch (EvaluationException e) {
            return hold("dependency " + name + ": readyExpr has no answer: " + e.getMessage());
        } catch (InvalidExpressionException e) {
            return Optional.of(
                    new Hold(
                            "failed to evaluate dependency " + name + ": " + e.getMessage(),
                            Reason.INVALID_CEL_EXPRESSION));
        }
    }

    private Condition condition(String expression) throws InvalidExpressionException {
        Condition known = compiled.get(expression);
        if (known == null) {
            known = Condition.over(VARIABLES, expression);
            if (compiled.size() < MOST_COMPILED) {
                compiled.put(expression, known);
            }
        }
        return known;
    }

    private static Optional<Hold> hold(String message) {
        return Optional.of(new Hold(message, null));
    }
}
