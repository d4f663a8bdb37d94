package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the health of one object, by the rules of kstatus: what holds for every object first, then
 * the rules of its kind, then its {@code Ready} condition. As in Flux a Job must have completed.
 *
 * @param clock tells how long a pod has been waiting for a node
 */
public record HealthRules(Clock clock) {

    /** Kinds of the core that are as wanted as soon as they are there. */
    private static final Set<String> NO_STATUS =
            Set.of("ConfigMap", "Secret", "ServiceAccount", "Endpoints", "LimitRange");

    private static final Set<String> NO_STATUS_GROUPS =
            Set.of("rbac.authorization.k8s.io", "admissionregistration.k8s.io");

    /** True where an object that exists is as wanted, whatever it says. */
    public static boolean currentOnceThere(String group, String kind) {
        return (group.isEmpty() && NO_STATUS.contains(kind)) || NO_STATUS_GROUPS.contains(group);
    }

    public Health assess(ObjectNode object) {
        Health general = general(object);
        if (general != null) {
            return general;
        }
        Health own = ofKind(object);
        return own == null ? ready(object) : own;
    }

    private static @Nullable Health general(ObjectNode object) {
        if (object.path("metadata").hasNonNull("deletionTimestamp")) {
            return new Health(Health.State.TERMINATING, "it is being deleted");
        }
        JsonNode generation = object.at("/metadata/generation");
        JsonNode observed = object.at("/status/observedGeneration");
        if (generation.isIntegralNumber()
                && observed.isIntegralNumber()
                && generation.longValue() != observed.longValue()) {
            return Health.inProgress(
                    "generation %d is not observed yet, the last one is %d"
                            .formatted(generation.longValue(), observed.longValue()));
        }
        for (JsonNode condition : object.at("/status/conditions")) {
            if (Conditions.isTrue(condition, "Reconciling")) {
                return Health.inProgress(condition.path("message").asText());
            }
            if (Conditions.isTrue(condition, "Stalled")) {
                return Health.failed(condition.path("message").asText());
            }
        }
        return null;
    }

    private @Nullable Health ofKind(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String group =
                apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String kind = object.path("kind").asText();
        return switch (group.isEmpty() ? kind : group + '/' + kind) {
            case "apps/Deployment" -> WorkloadRules.deployment(object);
            case "apps/StatefulSet" -> WorkloadRules.statefulSet(object);
            case "apps/DaemonSet" -> WorkloadRules.daemonSet(object);
            case "apps/ReplicaSet" -> WorkloadRules.replicaSet(object);
            case "batch/Job" -> WorkloadRules.job(object);
            case "batch/CronJob" -> Health.current("it is there");
            case "Pod" -> new PodRules(clock).assess(object);
            case "PersistentVolumeClaim" -> claim(object);
            case "Service" -> service(object);
            case "policy/PodDisruptionBudget" -> Health.current("it is observed");
            case "apiextensions.k8s.io/CustomResourceDefinition" -> definition(object);
            default -> currentOnceThere(group, kind) ? Health.current("it is there") : null;
        };
    }

    private static Health claim(ObjectNode object) {
        String phase = object.at("/status/phase").asText();
        return phase.equals("Bound")
                ? Health.current("it is bound")
                : Health.inProgress("it is not bound but " + (phase.isEmpty() ? "unknown" : phase));
    }

    private static Health service(ObjectNode object) {
        boolean balanced = object.at("/spec/type").asText().equals("LoadBalancer");
        return balanced && object.at("/spec/clusterIP").asText().isEmpty()
                ? Health.inProgress("it has no cluster address yet")
                : Health.current("it is there");
    }

    private static Health definition(ObjectNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            String type = condition.path("type").asText();
            String status = condition.path("status").asText();
            String message = condition.path("message").asText();
            if (type.equals("NamesAccepted") && status.equals("False")) {
                return Health.failed(message);
            }
            if (type.equals("Established")) {
                if (status.equals("True")) {
                    return Health.current("it is established");
                }
                if (status.equals("False")
                        && !condition.path("reason").asText().equals("Installing")) {
                    return Health.failed(message);
                }
            }
        }
        return Health.inProgress("it is being established");
    }

    private static Health ready(ObjectNode object) {
        JsonNode ready = Conditions.find(object, "Ready");
        if (ready == null) {
            return Health.current("it is there");
        }
        return ready.path("status").asText().equals("True")
                ? Health.current("it is ready")
                : Health.inProgress(ready.path("message").asText("it is not ready"));
    }
}
