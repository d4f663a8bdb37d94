package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.HealthCheckExpression;
import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.kubernetes.health.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a Kustomization reads the health of kinds that the rules do not know: in progress where the
 * expression says so, or where the object has not been observed yet; then failed; then current; and
 * in progress where none of them is true or has an answer.
 */
final class HealthExpressions {

    private record Rules(
            Condition current, @Nullable Condition inProgress, @Nullable Condition failed) {}

    private final Map<String, Rules> byKind;

    private HealthExpressions(Map<String, Rules> byKind) {
        this.byKind = Map.copyOf(byKind);
    }

    static HealthExpressions compile(List<HealthCheckExpression> expressions)
            throws InvalidExpressionException {
        Map<String, Rules> byKind = new HashMap<>();
        for (HealthCheckExpression e : expressions) {
            String kind = kind(e.apiVersion(), String.valueOf(e.kind()));
            Rules rules =
                    new Rules(
                            condition(e, "current", e.current()),
                            optional(e, "inProgress", e.inProgress()),
                            optional(e, "failed", e.failed()));
            if (byKind.put(kind, rules) != null) {
                throw new InvalidExpressionException(
                        "healthCheckExprs has two entries for " + kind);
            }
        }
        return new HealthExpressions(byKind);
    }

    /** Empty where no expression is about objects of this kind. */
    Optional<Health> health(ObjectNode object) {
        Rules rules =
                byKind.get(kind(object.path("apiVersion").asText(), object.path("kind").asText()));
        return rules == null ? Optional.empty() : Optional.of(health(rules, object));
    }

    private static Health health(Rules rules, ObjectNode object) {
        Map<String, JsonNode> fields = new HashMap<>();
        object.properties().forEach(e -> fields.put(e.getKey(), e.getValue()));
        JsonNode observed = object.path("status").path("observedGeneration");
        boolean stale =
                observed.isIntegralNumber()
                        && observed.longValue()
                                != object.path("metadata").path("generation").asLong();
        try {
            if (stale || (rules.inProgress != null && rules.inProgress.holds(fields))) {
                return Health.inProgress("healthCheckExprs say so");
            }
            if (rules.failed != null && rules.failed.holds(fields)) {
                return Health.failed("healthCheckExprs say so");
            }
            return rules.current.holds(fields)
                    ? Health.current("healthCheckExprs say so")
                    : Health.inProgress("none of healthCheckExprs is true");
        } catch (EvaluationException e) {
            return Health.inProgress(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Condition optional(
            HealthCheckExpression of, String field, @Nullable String text)
            throws InvalidExpressionException {
        return text == null || text.isEmpty() ? null : condition(of, field, text);
    }

    private static Condition condition(HealthCheckExpression of, String field, String text)
            throws InvalidExpressionException {
        try {
            return Condition.overFields(text);
        } catch (InvalidExpressionException e) {
            throw new InvalidExpressionException(
                    "healthCheckExprs of "
                            + kind(of.apiVersion(), String.valueOf(of.kind()))
                            + ", "
                            + field
                            + ": "
                            + e.getMessage());
        }
    }

    /** The version does not count. */
    private static String kind(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? kind : apiVersion.substring(0, slash) + '/' + kind;
    }
}
