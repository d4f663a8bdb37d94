package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.helm.ChartTemplates;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The HelmCharts that HelmReleases with {@code spec.chart} ask for: made by server-side apply, and
 * deleted when they are no longer asked for. One that was applied in this process and is asked for
 * again unchanged needs no request.
 */
public final class HelmCharts {

    private static final String MANAGER = "?force=true&fieldManager=helm-controller";

    private final Cluster cluster;
    private final NamespaceBoundary boundary;
    private final Map<String, String> applied = new ConcurrentHashMap<>();

    public HelmCharts(Cluster cluster, NamespaceBoundary boundary) {
        this.cluster = cluster;
        this.boundary = boundary;
    }

    /** Why a release may not name what it takes its chart from; empty where it may. */
    Optional<String> refusal(HelmRelease object) {
        String own = object.metadata().namespace();
        ObjectNode spec = FluxJson.write(object.spec());
        JsonNode reference = spec.path("chartRef");
        return reference.isObject()
                ? boundary.refusal(
                        own,
                        reference.path("kind").asText(),
                        reference.path("namespace").asText(own),
                        reference.path("name").asText())
                : boundary.refusal(
                        own,
                        ChartTemplates.KIND,
                        ChartTemplates.namespace(spec, own),
                        ChartTemplates.name(own, object.metadata().name()));
    }

    /**
     * Brings the HelmChart to what the release asks for.
     *
     * @param known the one that the status names, as namespace/name
     * @return the one that there is now; null where the release refers to a source of its own
     */
    @Nullable String sync(HelmRelease object, @Nullable String known) throws KubernetesException {
        String namespace = object.metadata().namespace();
        String name = object.metadata().name();
        if (object.spec().chart() == null) {
            remove(known);
            return null;
        }
        ObjectNode spec = FluxJson.write(object.spec());
        ObjectNode chart = ChartTemplates.object(spec, namespace, name);
        JsonNode metadata = chart.path("metadata");
        String wanted = metadata.path("namespace").asText() + '/' + metadata.path("name").asText();
        if (known != null && !known.equals(wanted)) {
            remove(known);
        }
        String text = chart.toString();
        if (!text.equals(applied.get(wanted))) {
            cluster.send(
                    ApiRequest.patch(
                                    kind().path(
                                                            metadata.path("namespace").asText(),
                                                            metadata.path("name").asText())
                                            + MANAGER,
                                    ApiRequest.APPLY,
                                    text)
                            .accepting(ApiRequest.METADATA));
            applied.put(wanted, text);
        }
        return wanted;
    }

    /** The one that a release with {@code spec.chart} asks for, as namespace/name. */
    static String nameOf(HelmRelease object) {
        ObjectNode spec = FluxJson.write(object.spec());
        String namespace = object.metadata().namespace();
        return ChartTemplates.namespace(spec, namespace)
                + '/'
                + ChartTemplates.name(namespace, object.metadata().name());
    }

    /**
     * Deletes the one that the status names.
     *
     * @return whether it is gone, and does not only go
     */
    boolean remove(@Nullable String known) throws KubernetesException {
        if (known == null || known.isEmpty()) {
            return true;
        }
        applied.remove(known);
        int slash = known.indexOf('/');
        try {
            cluster.send(
                    ApiRequest.delete(
                            kind().path(known.substring(0, slash), known.substring(slash + 1)),
                            "{}"));
            return false;
        } catch (KubernetesException e) {
            if (e.is(Sort.NOT_FOUND)) {
                return true;
            }
            throw e;
        }
    }

    private ResourceKind kind() throws KubernetesException {
        return cluster.resource(Groups.SOURCE + "/v1", ChartTemplates.KIND);
    }
}
