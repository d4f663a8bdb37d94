package dev.sluice.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.health.Health.State;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {

    private static final String NOW = "2026-01-01T00:01:00Z";
    private final HealthRules rules =
            new HealthRules(Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC));

    @ParameterizedTest(name = "{0} {1} {2} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "v1 | ConfigMap | {} | CURRENT",
                "v1 | Namespace | {metadata: {deletionTimestamp: x}} | TERMINATING",
                "example.com/v1 | Any | {} | CURRENT",
                "example.com/v1 | Any | {metadata: {generation: 2}, status: {observedGeneration: 1}} | IN_PROGRESS",
                "example.com/v1 | Any | {metadata: {generation: 2}, status: {observedGeneration: 3}} | IN_PROGRESS",
                "example.com/v1 | Any | {status: {conditions: [{type: Ready, status: 'True'}]}} | CURRENT",
                "example.com/v1 | Any | {status: {conditions: [{type: Ready, status: 'False'}]}} | IN_PROGRESS",
                "example.com/v1 | Any | {status: {conditions: [{type: Ready, status: 'True'}, {type: Reconciling, status: 'True'}]}} | IN_PROGRESS",
                "example.com/v1 | Any | {status: {conditions: [{type: Stalled, status: 'True'}]}} | FAILED",
                "apps/v1 | Deployment | {} | IN_PROGRESS",
                "apps/v1 | Deployment | {status: {conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}]}} | FAILED",
                "apps/v1 | Deployment | {spec: {progressDeadlineSeconds: 600}, status: {replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: [{type: Available, status: 'True'}, {type: Progressing, status: 'True', reason: NewReplicaSetAvailable}]}} | CURRENT",
                "apps/v1 | Deployment | {spec: {progressDeadlineSeconds: 600}, status: {replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: [{type: Available, status: 'True'}, {type: Progressing, status: 'True', reason: ReplicaSetUpdated}]}} | IN_PROGRESS",
                "apps/v1 | Deployment | {spec: {replicas: 2}, status: {replicas: 3, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 3}} | IN_PROGRESS",
                "apps/v1 | StatefulSet | {spec: {updateStrategy: {type: OnDelete}}} | CURRENT",
                "apps/v1 | StatefulSet | {status: {replicas: 1, readyReplicas: 1, currentReplicas: 1, currentRevision: a, updateRevision: b}} | IN_PROGRESS",
                "apps/v1 | StatefulSet | {status: {replicas: 1, readyReplicas: 1, currentReplicas: 1, currentRevision: a, updateRevision: a}} | CURRENT",
                "apps/v1 | StatefulSet | {spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}}, status: {replicas: 3, readyReplicas: 3, updatedReplicas: 1}} | CURRENT",
                "apps/v1 | DaemonSet | {status: {desiredNumberScheduled: 0}} | IN_PROGRESS",
                "apps/v1 | DaemonSet | {metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 0}} | CURRENT",
                "apps/v1 | DaemonSet | {metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1}} | IN_PROGRESS",
                "apps/v1 | ReplicaSet | {status: {replicas: 1, fullyLabeledReplicas: 1, availableReplicas: 1, readyReplicas: 1}} | CURRENT",
                "batch/v1 | Job | {status: {startTime: x, active: 1}} | IN_PROGRESS",
                "batch/v1 | Job | {status: {conditions: [{type: Complete, status: 'True'}]}} | CURRENT",
                "batch/v1 | Job | {status: {conditions: [{type: Failed, status: 'True'}]}} | FAILED",
                "v1 | Pod | {status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}} | CURRENT",
                "v1 | Pod | {status: {phase: Running, containerStatuses: [{name: a, state: {waiting: {reason: CrashLoopBackOff}}}]}} | FAILED",
                "v1 | Pod | {metadata: {creationTimestamp: '2026-01-01T00:00:50Z'}, status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable}]}} | IN_PROGRESS",
                "v1 | Pod | {metadata: {creationTimestamp: '2026-01-01T00:00:30Z'}, status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable}]}} | FAILED",
                "v1 | PersistentVolumeClaim | {status: {phase: Pending}} | IN_PROGRESS",
                "v1 | PersistentVolumeClaim | {status: {phase: Bound}} | CURRENT",
                "v1 | Service | {spec: {type: LoadBalancer}} | IN_PROGRESS",
                "v1 | Service | {spec: {type: LoadBalancer, clusterIP: 10.0.0.1}} | CURRENT",
                "policy/v1 | PodDisruptionBudget | {metadata: {generation: 2}, status: {observedGeneration: 1}} | IN_PROGRESS",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | {} | IN_PROGRESS",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | {status: {conditions: [{type: NamesAccepted, status: 'False'}]}} | FAILED",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | {status: {conditions: [{type: Established, status: 'True'}]}} | CURRENT",
            })
    void readsTheHealthOfAnObject(String apiVersion, String kind, String rest, State expected)
            throws Exception {
        ObjectNode object = (ObjectNode) new ObjectMapper().readTree(json(rest));
        object.put("apiVersion", apiVersion).put("kind", kind);

        assertThat(rules.assess(object).state()).isEqualTo(expected);
    }

    /** The table is in a short form without quotes. */
    private static String json(String shortForm) {
        return shortForm
                .replaceAll("'([^']*)'", "\"$1\"")
                .replaceAll("([{ ])([a-zA-Z]+):(?= )", "$1\"$2\":")
                .replaceAll(": ([A-Za-z][\\w.]*)", ": \"$1\"")
                .replaceAll(": (10\\.0\\.0\\.1)", ": \"$1\"");
    }
}
