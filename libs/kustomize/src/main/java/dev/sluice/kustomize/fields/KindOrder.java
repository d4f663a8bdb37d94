package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.resource.Gvk;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of kinds that kustomize calls legacy: what others need first, webhooks last, the rest
 * by group, version and kind.
 */
public final class KindOrder {

    /** Kinds that come before all others, in this order. */
    public static final List<String> FIRST =
            List.of(
                    "Namespace",
                    "ResourceQuota",
                    "StorageClass",
                    "CustomResourceDefinition",
                    "ServiceAccount",
                    "PodSecurityPolicy",
                    "Role",
                    "ClusterRole",
                    "RoleBinding",
                    "ClusterRoleBinding",
                    "ConfigMap",
                    "Secret",
                    "Endpoints",
                    "Service",
                    "LimitRange",
                    "PriorityClass",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "Deployment",
                    "StatefulSet",
                    "CronJob",
                    "PodDisruptionBudget");

    /** Kinds that come after all others, in this order. */
    public static final List<String> LAST =
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private static final Map<String, Integer> RANKS = ranks(FIRST, LAST);

    /** By rank, then by group, version and kind. */
    public static final Comparator<Gvk> COMPARATOR =
            Comparator.<Gvk>comparingInt(gvk -> RANKS.getOrDefault(gvk.kind(), 0))
                    .thenComparing(Gvk::sortKey, CodePoints.ORDER);

    private KindOrder() {}

    /**
     * A number for each kind that has a place: below 0 for the first ones, above 0 for the last
     * ones.
     */
    public static Map<String, Integer> ranks(List<String> first, List<String> last) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < first.size(); i++) {
            ranks.put(first.get(i), i - first.size());
        }
        for (int i = 0; i < last.size(); i++) {
            ranks.put(last.get(i), i + 1);
        }
        return ranks;
    }
}
