package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ApiResource;
import dev.sluice.cli.cluster.ApiResources;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an object comes from: the delivery whose labels it carries, or whose labels one of its
 * owners carries, and the source of that.
 */
public final class Trace {

    private static final int MOST_OWNERS = 10;
    private static final int LABEL_WIDTH = 17;

    private final FluxCluster cluster;
    private final ApiResources resources;

    public Trace(FluxCluster cluster, ApiResources resources) {
        this.cluster = cluster;
        this.resources = resources;
    }

    /**
     * The lines about an object.
     *
     * @throws ClusterException where the object belongs to no delivery, or that is not there
     */
    public List<String> of(JsonNode object) throws ClusterException {
        String namespace = object.at("/metadata/namespace").asText();
        List<String> lines = new ArrayList<>();
        add(
                lines,
                "Object",
                object.path("kind").asText() + '/' + object.at("/metadata/name").asText());
        addIfAny(lines, "Namespace", namespace);
        LiveObject delivery =
                delivery(object, 0)
                        .orElseThrow(() ->
                                new ClusterException("The object is not managed by any delivery."));
        add(lines, "Status", "Managed by Flux");
        lines.addAll(ofDelivery(delivery));
        if (delivery.kind().name().equals("HelmRelease")) {
            Optional<LiveObject> chart = chart(delivery);
            if (chart.isPresent()) {
                lines.addAll(ofChart(chart.get()));
            }
        }
        Optional<LiveObject> source = source(delivery);
        if (source.isPresent()) {
            lines.addAll(ofSource(source.get()));
        }
        return lines;
    }

    private Optional<LiveObject> delivery(JsonNode object, int depth) throws ClusterException {
        for (String kind : List.of("Kustomization", "HelmRelease")) {
            ServedKind served = ServedKind.named(kind);
            JsonNode labels = object.at("/metadata/labels");
            String name = labels.path(served.group() + "/name").asText();
            String namespace = labels.path(served.group() + "/namespace").asText();
            if (!name.isEmpty() && !namespace.isEmpty()) {
                return Optional.of(
                        cluster.find(served, namespace, name)
                                .orElseThrow(() ->
                                        new ClusterException(
                                                "There is no %s %s/%s, whose labels the object carries."
                                                        .formatted(kind, namespace, name))));
            }
        }
        for (JsonNode owner : object.at("/metadata/ownerReferences")) {
            if (depth < MOST_OWNERS) {
                ApiResource resource =
                        resources.of(
                                owner.path("apiVersion").asText(), owner.path("kind").asText());
                ClusterClient client = cluster.client();
                Optional<? extends JsonNode> found =
                        client.find(
                                resource.path(
                                        object.at("/metadata/namespace").asText(),
                                        owner.path("name").asText()));
                Optional<LiveObject> delivery =
                        found.isEmpty() ? Optional.empty() : delivery(found.get(), depth + 1);
                if (delivery.isPresent()) {
                    return delivery;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LiveObject> chart(LiveObject release) throws ClusterException {
        String[] name = release.json().at("/status/helmChart").asText().split("/", 2);
        return name.length == 2
                ? cluster.find(ServedKind.named("HelmChart"), name[0], name[1])
                : Optional.empty();
    }

    private Optional<LiveObject> source(LiveObject delivery) throws ClusterException {
        Optional<ObjectReference> reference = delivery.source();
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Optional<ServedKind> kind = ServedKind.called(reference.get().kind());
        return kind.isEmpty()
                ? Optional.empty()
                : cluster.find(kind.get(), reference.get().namespace(), reference.get().name());
    }

    private static List<String> ofDelivery(LiveObject delivery) {
        List<String> lines = heading(delivery);
        addIfAny(lines, "Target", delivery.json().at("/spec/targetNamespace").asText());
        addIfAny(lines, "Path", delivery.json().at("/spec/path").asText());
        addIfAny(lines, "Revision", delivery.revision());
        addState(lines, delivery);
        return lines;
    }

    private static List<String> ofChart(LiveObject chart) {
        List<String> lines = heading(chart);
        add(lines, "Chart", chart.json().at("/spec/chart").asText());
        addIfAny(lines, "Version", chart.json().at("/spec/version").asText());
        addIfAny(lines, "Revision", chart.revision());
        addState(lines, chart);
        return lines;
    }

    private static List<String> ofSource(LiveObject source) {
        List<String> lines = heading(source);
        JsonNode reference = source.json().at("/spec/ref");
        addIfAny(lines, "URL", source.origin());
        String tag = reference.path("tag").asText(reference.path("semver").asText());
        if (!tag.isEmpty()) {
            add(lines, "Tag", tag);
        } else {
            addIfAny(lines, "Branch", reference.path("branch").asText());
            addIfAny(lines, "Digest", reference.path("digest").asText());
        }
        addIfAny(lines, "Revision", source.revision());
        JsonNode metadata = source.json().at("/status/artifact/metadata");
        addIfAny(lines, "Origin Source", metadata.path("org.opencontainers.image.source").asText());
        addIfAny(
                lines,
                "Origin Revision",
                metadata.path("org.opencontainers.image.revision").asText());
        addState(lines, source);
        return lines;
    }

    private static List<String> heading(LiveObject object) {
        List<String> lines = new ArrayList<>(List.of("---"));
        add(lines, object.kind().name(), object.name());
        add(lines, "Namespace", object.namespace());
        return lines;
    }

    private static void addState(List<String> lines, LiveObject object) {
        JsonNode ready = object.readiness();
        if (ready.isMissingNode()) {
            add(lines, "Status", "Unknown");
            return;
        }
        String at = ready.path("lastTransitionTime").asText();
        add(
                lines,
                "Status",
                (ready.path("status").asText().equals("False")
                                ? "Last reconciliation failed at "
                                : "Last reconciled at ")
                        + at.replace("T", " ").replace("Z", " +0000 UTC"));
        add(lines, "Message", ready.path("message").asText());
    }

    private static void addIfAny(List<String> lines, String label, String value) {
        if (!value.isEmpty()) {
            add(lines, label, value);
        }
    }

    private static void add(List<String> lines, String label, String value) {
        String start = label + ':';
        int gap = Math.max(1, LABEL_WIDTH - start.length());
        lines.add(start + " ".repeat(gap) + value.replaceAll("\\p{Cntrl}+", " "));
    }
}
