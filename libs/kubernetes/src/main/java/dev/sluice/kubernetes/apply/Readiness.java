package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWait;
import dev.sluice.manifests.ObjectId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Waits until what a stage defined can be used: definitions are established and served, namespaces
 * are not on their way out.
 */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Cluster cluster;
    private final Duration limit;

    Readiness(Cluster cluster, Duration limit) {
        this.cluster = cluster;
        this.limit = limit;
    }

    /** Waits for those that were written; the ones that do not become usable turn into failures. */
    void await(List<Wanted> stage, Map<ObjectId, ObjectResult> results) {
        for (Wanted wanted : stage) {
            ObjectResult result = results.get(wanted.id());
            if (result == null || !StagedApply.wrote(result)) {
                continue;
            }
            try {
                awaitOne(wanted);
            } catch (KubernetesException e) {
                results.put(wanted.id(), StagedApply.failed(wanted, "apply", e.failure()));
            }
        }
    }

    private void awaitOne(Wanted wanted) throws KubernetesException {
        switch (wanted.id().kind()) {
            case "CustomResourceDefinition" -> awaitDefinition(wanted);
            case "Namespace" -> awaitObject(wanted, Readiness::notTerminating, "is terminating");
            default -> {
                // Everything else can be used as soon as it is written.
            }
        }
    }

    private void awaitDefinition(Wanted wanted) throws KubernetesException {
        awaitObject(wanted, Readiness::established, "is not established");
        JsonNode spec = wanted.object().tree().path("spec");
        String group = spec.path("group").asText();
        String kind = spec.path("names").path("kind").asText();
        cluster.forgetKinds(group);
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                awaitServed(group + '/' + version.path("name").asText(), group, kind);
            }
        }
    }

    /** Established comes a moment before the server tells of the kind. */
    private void awaitServed(String apiVersion, String group, String kind)
            throws KubernetesException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                cluster.resource(apiVersion, kind);
                return;
            } catch (KubernetesException e) {
                if (!e.is(KubernetesFailure.Sort.NO_MATCH) || System.nanoTime() > end) {
                    throw e;
                }
                cluster.forgetKinds(group);
                pause();
            }
        }
    }

    private void awaitObject(Wanted wanted, Predicate<ObjectNode> usable, String why)
            throws KubernetesException {
        ResourceKind kind = cluster.resource(wanted.object().apiVersion(), wanted.id().kind());
        boolean ok =
                new ObjectWait(cluster)
                        .until(
                                kind,
                                "",
                                wanted.id().name(),
                                (Optional<ObjectNode> o) -> o.isPresent() && usable.test(o.get()),
                                limit);
        if (!ok) {
            throw new KubernetesException(
                    KubernetesFailure.invalid("it " + why + " after " + limit.toSeconds() + " s"));
        }
    }

    private static boolean established(ObjectNode definition) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static boolean notTerminating(ObjectNode namespace) {
        return !namespace.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static void pause() throws KubernetesException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesException(KubernetesFailure.invalid("interrupted"));
        }
    }
}
