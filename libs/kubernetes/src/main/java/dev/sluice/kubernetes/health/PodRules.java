package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of pods.
 *
 * @param clock tells how long a pod has been waiting for a node
 */
record PodRules(Clock clock) {

    private static final Duration TIME_TO_SCHEDULE = Duration.ofSeconds(15);

    Health assess(ObjectNode pod) {
        return switch (pod.at("/status/phase").asText()) {
            case "Succeeded" -> Health.current("it completed");
            // As in kstatus: a pod that ended will not change any more.
            case "Failed" -> Health.current("it completed, but not successfully");
            case "Running" -> running(pod);
            case "Pending" -> pending(pod);
            case "" -> Health.inProgress("its phase is not known yet");
            case String phase -> Health.unknown("its phase is " + phase);
        };
    }

    private static Health running(ObjectNode pod) {
        if (Conditions.isTrue(pod, "Ready")) {
            return Health.current("it is ready");
        }
        List<String> crashing = new ArrayList<>();
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            if (container.at("/state/waiting/reason").asText().equals("CrashLoopBackOff")) {
                crashing.add(container.path("name").asText());
            }
        }
        return crashing.isEmpty()
                ? Health.inProgress("it runs but is not ready")
                : Health.failed("containers that crash again and again: " + crashing);
    }

    private Health pending(ObjectNode pod) {
        JsonNode scheduled = Conditions.find(pod, "PodScheduled");
        boolean nowhere =
                scheduled != null
                        && scheduled.path("status").asText().equals("False")
                        && scheduled.path("reason").asText().equals("Unschedulable");
        if (!nowhere) {
            return Health.inProgress("it is pending");
        }
        return created(pod).plus(TIME_TO_SCHEDULE).isAfter(clock.instant())
                ? Health.inProgress("it has no node yet")
                : Health.failed("no node can run it");
    }

    private static Instant created(ObjectNode pod) {
        try {
            return Instant.parse(pod.at("/metadata/creationTimestamp").asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
