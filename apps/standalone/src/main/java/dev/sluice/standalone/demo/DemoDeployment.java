package dev.sluice.standalone.demo;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * The Deployment that the show changes by hand: the first that a Kustomization manages and whose
 * replicas are in Git.
 */
record DemoDeployment(KubernetesClient client, Deployment seen) {

    private static final String OWNER = "kustomize.toolkit.fluxcd.io/name";
    private static final String VISITOR = "a-visitor";

    static DemoDeployment managed(KubernetesClient client) throws ShowException {
        return client
                .apps()
                .deployments()
                .inAnyNamespace()
                .withLabel(OWNER)
                .list()
                .getItems()
                .stream()
                .filter(d ->
                        d.getMetadata().getManagedFields().stream()
                                .anyMatch(f ->
                                        String.valueOf(f.getFieldsV1()).contains("f:replicas")))
                .min(Comparator.comparing(d -> d.getMetadata().getName()))
                .map(d -> new DemoDeployment(client, d))
                .orElseThrow(() ->
                        new ShowException(
                                "no Deployment with replicas in Git is in the cluster", null));
    }

    String name() {
        return "Deployment "
                + seen.getMetadata().getNamespace()
                + "/"
                + seen.getMetadata().getName();
    }

    int replicas() {
        return seen.getSpec().getReplicas();
    }

    int other() {
        return replicas() + 4;
    }

    void scale(int replicas) {
        client.resource(seen)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(VISITOR)
                                .build(),
                        "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    void awaitReplicas(int replicas, Duration patience) throws ShowException {
        try {
            client.resource(seen)
                    .waitUntilCondition(
                            d -> d != null && d.getSpec().getReplicas() == replicas,
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new ShowException(name() + " was not put back to " + replicas + " replicas", e);
        }
    }
}
