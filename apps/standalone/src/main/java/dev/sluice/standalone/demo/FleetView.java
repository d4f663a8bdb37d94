package dev.sluice.standalone.demo;

import dev.sluice.events.Reason;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The cluster's Kustomizations and HelmReleases as a visitor would look at them. */
final class FleetView {

    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/v1";
    private static final String SOURCE = "source.toolkit.fluxcd.io/v1";
    private static final String HELM = "helm.toolkit.fluxcd.io/v2";
    private static final String NO_HELM = Reason.HELM_WORKER_MISSING.word();
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final KubernetesClient client;

    FleetView(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Waits until there are Kustomizations, and all of them are Ready at the revision that the
     * source has.
     */
    void awaitAllReady(Duration patience) throws ShowException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> notReady = List.of();
        while (System.nanoTime() < end) {
            List<GenericKubernetesResource> all = kustomizations();
            String revision = revision();
            notReady =
                    all.stream()
                            .filter(k -> !isReadyAt(k, revision))
                            .map(FleetView::describe)
                            .toList();
            if (!all.isEmpty() && notReady.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new ShowException(
                "not Ready within " + patience.toSeconds() + " s: " + String.join("; ", notReady),
                null);
    }

    /** One line for each Kustomization: what it has in the cluster. */
    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        for (GenericKubernetesResource kustomization : kustomizations()) {
            List<Map<String, Object>> entries = kustomization.get("status", "inventory", "entries");
            Map<String, Integer> kinds = new TreeMap<>();
            for (Map<String, Object> entry :
                    entries == null ? List.<Map<String, Object>>of() : entries) {
                String id = String.valueOf(entry.get("id"));
                kinds.merge(id.substring(id.lastIndexOf('_') + 1), 1, Integer::sum);
            }
            List<String> counts = new ArrayList<>();
            kinds.forEach((kind, count) -> counts.add(count + " " + kind));
            lines.add(
                    "%-24s %s"
                            .formatted(
                                    kustomization.getMetadata().getName(),
                                    String.join(", ", counts)));
        }
        return lines;
    }

    /**
     * Waits until every HelmRelease is Ready, or says that the program is missing that it needs;
     * one line for each.
     */
    List<String> awaitReleases(Duration patience) throws ShowException {
        long end = System.nanoTime() + patience.toNanos();
        List<GenericKubernetesResource> all = List.of();
        while (System.nanoTime() < end) {
            all = releases();
            if (all.stream().allMatch(FleetView::isReleasedOrCannotBe)) {
                return all.stream().map(FleetView::describeRelease).toList();
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new ShowException(
                "not released within "
                        + patience.toSeconds()
                        + " s: "
                        + String.join("; ", all.stream().map(FleetView::describe).toList()),
                null);
    }

    /** Whether charts can be released here. */
    boolean hasReleased() {
        return releases().stream().anyMatch(r -> "True".equals(ready(r).get("status")));
    }

    private List<GenericKubernetesResource> releases() {
        return client.genericKubernetesResources(HELM, "HelmRelease")
                .inAnyNamespace()
                .list()
                .getItems();
    }

    private static boolean isReleasedOrCannotBe(GenericKubernetesResource release) {
        return "True".equals(ready(release).get("status"))
                || NO_HELM.equals(ready(release).get("reason"));
    }

    private static String describeRelease(GenericKubernetesResource release) {
        return "%-24s %s"
                .formatted(
                        release.getMetadata().getName(),
                        ready(release).getOrDefault("message", ""));
    }

    /** Tells the source to look now, as a webhook does. */
    void requestFetch() {
        new SourceRequest(ClusterSetup.NAMESPACE, ClusterSetup.NAMESPACE).send(client);
    }

    private List<GenericKubernetesResource> kustomizations() {
        return client.genericKubernetesResources(KUSTOMIZE, "Kustomization")
                .inAnyNamespace()
                .list()
                .getItems();
    }

    private String revision() {
        GenericKubernetesResource source =
                client.genericKubernetesResources(SOURCE, "GitRepository")
                        .inNamespace(ClusterSetup.NAMESPACE)
                        .withName(ClusterSetup.NAMESPACE)
                        .get();
        return source == null
                ? ""
                : String.valueOf(source.<Object>get("status", "artifact", "revision"));
    }

    private static boolean isReadyAt(GenericKubernetesResource kustomization, String revision) {
        return "True".equals(ready(kustomization).get("status"))
                && revision.equals(kustomization.get("status", "lastAppliedRevision"));
    }

    private static String describe(GenericKubernetesResource kustomization) {
        Map<String, Object> ready = ready(kustomization);
        return kustomization.getMetadata().getName()
                + " ("
                + ready.getOrDefault("reason", "no status")
                + ": "
                + ready.getOrDefault("message", "")
                + ")";
    }

    private static Map<String, Object> ready(GenericKubernetesResource kustomization) {
        List<Map<String, Object>> conditions = kustomization.get("status", "conditions");
        return conditions == null
                ? Map.of()
                : conditions.stream()
                        .filter(c -> "Ready".equals(c.get("type")))
                        .findFirst()
                        .orElse(Map.of());
    }
}
