package dev.sluice.kubernetes.apply;

import dev.sluice.manifests.ObjectId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order in which objects are applied, and in reverse pruned, within a stage. */
final class ApplyOrder {

    private static final List<String> FIRST =
            List.of(
                    "CustomResourceDefinition",
                    "Namespace",
                    "ClusterRole",
                    "ClusterClass",
                    "RuntimeClass",
                    "PriorityClass",
                    "StorageClass",
                    "VolumeSnapshotClass",
                    "IngressClass",
                    "GatewayClass",
                    "ClusterRoleBinding",
                    "ResourceQuota",
                    "ServiceAccount",
                    "Role",
                    "RoleBinding",
                    "ConfigMap",
                    "Secret",
                    "Service",
                    "LimitRange",
                    "Deployment",
                    "StatefulSet",
                    "CronJob",
                    "PodDisruptionBudget");
    private static final List<String> LAST =
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private static final int OTHERS = FIRST.size();
    private static final Map<String, Integer> RANKS = ranks();

    static final Comparator<ObjectId> BY_RANK =
            Comparator.comparingInt(ApplyOrder::rank)
                    .thenComparing(ObjectId::group)
                    .thenComparing(ObjectId::kind)
                    .thenComparing(ObjectId::namespace)
                    .thenComparing(ObjectId::name);

    private ApplyOrder() {}

    /**
     * Objects of one wave do not need each other and go side by side: first what others use, then
     * what uses it, then the webhooks, which could refuse all that comes after them.
     */
    static int wave(ObjectId id) {
        int rank = rank(id);
        if (rank < RANKS.getOrDefault("Deployment", OTHERS)) {
            return 0;
        }
        return rank <= OTHERS ? 1 : 2;
    }

    private static int rank(ObjectId id) {
        return RANKS.getOrDefault(id.kind(), OTHERS);
    }

    private static Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        FIRST.forEach(kind -> ranks.put(kind, ranks.size()));
        LAST.forEach(kind -> ranks.put(kind, OTHERS + 1 + LAST.indexOf(kind)));
        return Map.copyOf(ranks);
    }
}
