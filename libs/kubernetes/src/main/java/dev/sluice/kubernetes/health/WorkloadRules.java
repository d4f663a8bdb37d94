package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The rules of kinds that roll out replicas or run to an end. */
final class WorkloadRules {

    private WorkloadRules() {}

    static Health deployment(ObjectNode object) {
        JsonNode progressing = Conditions.find(object, "Progressing");
        if (progressing != null
                && progressing.path("reason").asText().equals("ProgressDeadlineExceeded")) {
            return Health.failed("the rollout made no progress within its deadline");
        }
        long wanted = number(object, "/spec/replicas", 1);
        long there = number(object, "/status/replicas", 0);
        long updated = number(object, "/status/updatedReplicas", 0);
        long available = number(object, "/status/availableReplicas", 0);
        long ready = number(object, "/status/readyReplicas", 0);
        if (wanted > there) {
            return few("replicas", there, wanted);
        }
        if (wanted > updated) {
            return few("updated replicas", updated, wanted);
        }
        if (there > wanted) {
            return Health.inProgress(there - wanted + " old replicas still run");
        }
        if (updated > available) {
            return few("available replicas", available, updated);
        }
        if (wanted > ready) {
            return few("ready replicas", ready, wanted);
        }
        if (!rolledOut(object, progressing)) {
            return Health.inProgress("its new replica set is not available yet");
        }
        return Conditions.isTrue(object, "Available")
                ? Health.current("it is available with " + there + " replicas")
                : Health.inProgress("it is not available yet");
    }

    /** Without a deadline the controller tells nothing of progress. */
    private static boolean rolledOut(ObjectNode object, @Nullable JsonNode progressing) {
        if (number(object, "/spec/progressDeadlineSeconds", Integer.MAX_VALUE)
                == Integer.MAX_VALUE) {
            return true;
        }
        return progressing != null
                && progressing.path("status").asText().equals("True")
                && progressing.path("reason").asText().equals("NewReplicaSetAvailable");
    }

    static Health statefulSet(ObjectNode object) {
        if (object.at("/spec/updateStrategy/type").asText().equals("OnDelete")) {
            return Health.current("it is updated by deleting its pods");
        }
        long wanted = number(object, "/spec/replicas", 1);
        long there = number(object, "/status/replicas", 0);
        long ready = number(object, "/status/readyReplicas", 0);
        if (wanted > there) {
            return few("replicas", there, wanted);
        }
        if (wanted > ready) {
            return few("ready replicas", ready, wanted);
        }
        if (there > wanted) {
            return Health.inProgress(there - wanted + " old replicas still run");
        }
        long partition = number(object, "/spec/updateStrategy/rollingUpdate/partition", -1);
        return partition == -1 ? wholeSet(object, wanted) : partOfSet(object, wanted - partition);
    }

    private static Health partOfSet(ObjectNode object, long wanted) {
        long updated = number(object, "/status/updatedReplicas", 0);
        return updated < wanted
                ? few("updated replicas of the partition", updated, wanted)
                : Health.current("its partition is rolled out");
    }

    private static Health wholeSet(ObjectNode object, long wanted) {
        long current = number(object, "/status/currentReplicas", 0);
        if (wanted > current) {
            return few("current replicas", current, wanted);
        }
        boolean same =
                object.at("/status/currentRevision")
                        .asText()
                        .equals(object.at("/status/updateRevision").asText());
        return same
                ? Health.current("it runs with " + wanted + " replicas")
                : Health.inProgress("its pods are not all of the new revision");
    }

    static Health daemonSet(ObjectNode object) {
        if (!object.at("/status/observedGeneration").isIntegralNumber()) {
            return Health.inProgress("its controller has not seen it yet");
        }
        long wanted = number(object, "/status/desiredNumberScheduled", -1);
        if (wanted == -1) {
            return Health.inProgress("its controller has not counted the nodes yet");
        }
        String[][] counts = {
            {"scheduled pods", "/status/currentNumberScheduled"},
            {"updated pods", "/status/updatedNumberScheduled"},
            {"available pods", "/status/numberAvailable"},
            {"ready pods", "/status/numberReady"}
        };
        for (String[] count : counts) {
            long have = number(object, count[1], 0);
            if (wanted > have) {
                return few(count[0], have, wanted);
            }
        }
        return Health.current("it runs on " + wanted + " nodes");
    }

    static Health replicaSet(ObjectNode object) {
        if (Conditions.isTrue(object, "ReplicaFailure")) {
            return Health.inProgress("its pods cannot be created");
        }
        long wanted = number(object, "/spec/replicas", 1);
        String[][] counts = {
            {"labelled replicas", "/status/fullyLabeledReplicas"},
            {"available replicas", "/status/availableReplicas"},
            {"ready replicas", "/status/readyReplicas"}
        };
        for (String[] count : counts) {
            long have = number(object, count[1], 0);
            if (wanted > have) {
                return few(count[0], have, wanted);
            }
        }
        long there = number(object, "/status/replicas", 0);
        return there > wanted
                ? Health.inProgress(there - wanted + " old replicas still run")
                : Health.current("it runs with " + wanted + " replicas");
    }

    static Health job(ObjectNode object) {
        if (Conditions.isTrue(object, "Failed")) {
            return Health.failed("it failed");
        }
        return Conditions.isTrue(object, "Complete")
                ? Health.current("it completed")
                : Health.inProgress("it has not completed yet");
    }

    private static Health few(String what, long have, long wanted) {
        return Health.inProgress(have + " of " + wanted + ' ' + what);
    }

    private static long number(ObjectNode object, String pointer, long otherwise) {
        JsonNode value = object.at(pointer);
        return value.isIntegralNumber() ? value.longValue() : otherwise;
    }
}
