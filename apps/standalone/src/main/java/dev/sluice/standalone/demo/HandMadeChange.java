package dev.sluice.standalone.demo;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the show changes by hand: the replicas of a Deployment that a chart made, or, where no chart
 * can be released, a rule of the monitoring.
 *
 * @param what the heading says of it
 * @param patch that makes the change
 * @param undone whether the object is again as it was
 */
record HandMadeChange(
        KubernetesClient client,
        HasMetadata seen,
        String what,
        String patch,
        Predicate<HasMetadata> undone) {

    private static final String RELEASE = "helm.toolkit.fluxcd.io/name";
    private static final String KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/name";
    private static final String VISITOR = "a-visitor";
    private static final int MORE = 4;

    /**
     * @param released whether charts are released in this cluster
     */
    static HandMadeChange in(KubernetesClient client, boolean released) throws ShowException {
        return released
                ? scaling(
                        client,
                        first(
                                client.apps()
                                        .deployments()
                                        .inAnyNamespace()
                                        .withLabel(RELEASE)
                                        .list()
                                        .getItems()))
                : silencing(
                        client,
                        first(
                                client
                                        .configMaps()
                                        .inAnyNamespace()
                                        .withLabel(KUSTOMIZATION)
                                        .list()
                                        .getItems()
                                        .stream()
                                        .filter(c -> c.getMetadata().getName().contains("rules"))
                                        .toList()));
    }

    private static <T extends HasMetadata> T first(List<T> objects) throws ShowException {
        return objects.stream()
                .min(Comparator.comparing(o -> o.getMetadata().getName()))
                .orElseThrow(() -> new ShowException("nothing to change is in the cluster", null));
    }

    private static HandMadeChange scaling(KubernetesClient client, Deployment seen) {
        int replicas = seen.getSpec().getReplicas();
        int other = replicas + MORE;
        return new HandMadeChange(
                client,
                seen,
                "%s: %d replicas become %d".formatted(name(seen), replicas, other),
                "{\"spec\":{\"replicas\":" + other + "}}",
                o -> o instanceof Deployment d && d.getSpec().getReplicas() == replicas);
    }

    private static HandMadeChange silencing(KubernetesClient client, ConfigMap seen) {
        String rule = seen.getData().keySet().stream().sorted().findFirst().orElse("");
        return new HandMadeChange(
                client,
                seen,
                "%s: the rules of %s are emptied".formatted(name(seen), rule),
                "{\"data\":{\"" + rule + "\":\"\"}}",
                o -> o instanceof ConfigMap c && c.getData().equals(seen.getData()));
    }

    private static String name(HasMetadata object) {
        return object.getKind()
                + ' '
                + object.getMetadata().getNamespace()
                + '/'
                + object.getMetadata().getName();
    }

    void make() {
        client.resource(seen)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(VISITOR)
                                .build(),
                        patch);
    }

    void awaitUndone(Duration patience) throws ShowException {
        try {
            client.resource(seen)
                    .waitUntilCondition(
                            o -> o != null && undone.test(o),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new ShowException(name(seen) + " was not put back", e);
        }
    }
}
