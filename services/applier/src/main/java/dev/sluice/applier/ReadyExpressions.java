package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the {@code readyExpr} of dependencies, in which {@code self} waits for {@code dep}. */
final class ReadyExpressions {

    private static final Set<String> VARIABLES = Set.of("self", "dep");

    private final ExpressionCache cache = new ExpressionCache(t -> Condition.over(VARIABLES, t));

    /** What the expression holds up; empty where it is true. */
    Optional<DependencyCheck.Hold> check(
            String expression, Kustomization self, Kustomization dep, DeliveryId target) {
        String name = target.namespace() + '/' + target.name();
        String display = DependencyCheck.display(target);
        try {
            boolean ready =
                    cache.get(expression)
                            .holds(
                                    Map.of(
                                            "self", FluxJson.write(self),
                                            "dep", FluxJson.write(dep)));
            return ready
                    ? Optional.empty()
                    : hold(
                            "dependency '" + name + "' is not ready according to readyExpr",
                            display);
        } catch (EvaluationException e) {
            return hold(
                    "dependency '" + name + "': readyExpr has no answer: " + e.getMessage(),
                    display);
        } catch (InvalidExpressionException e) {
            String message = "failed to parse the readyExpr of '" + name + "': " + e.getMessage();
            return Optional.of(
                    new DependencyCheck.Hold(message, display, Reason.INVALID_CEL_EXPRESSION));
        }
    }

    private static Optional<DependencyCheck.Hold> hold(String message, String display) {
        return Optional.of(new DependencyCheck.Hold(message, display, null));
    }
}
