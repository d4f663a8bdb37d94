package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An object of a Flux kind as the cluster has it. */
public record LiveObject(ServedKind kind, JsonNode json) {

    /** The path of a webhook is none: it is copied from here to where the webhook is set up. */
    private static final Pattern LONG_HEX =
            Pattern.compile("(?<!/hook/)\\b([0-9a-f]{8})[0-9a-f]{24,}\\b");

    public String name() {
        return json.at("/metadata/name").asText();
    }

    public String namespace() {
        return json.at("/metadata/namespace").asText();
    }

    public boolean isSuspended() {
        return json.at("/spec/suspend").asBoolean();
    }

    /** {@code True}, {@code False} or {@code Unknown}. */
    public String ready() {
        String status = condition("Ready").path("status").asText();
        return status.isEmpty() ? "False" : status;
    }

    public String message() {
        JsonNode ready = condition("Ready");
        return ready.isMissingNode() ? "waiting to be reconciled" : ready.path("message").asText();
    }

    /** What the object is at: the revision that was fetched, applied or released; may be empty. */
    public String revision() {
        String path =
                switch (kind.name()) {
                    case "Kustomization" -> "/status/lastAppliedRevision";
                    case "HelmRelease" -> "/status/history/0/chartVersion";
                    case "ImageRepository" -> "/status/lastScanResult/tagCount";
                    case "ImagePolicy" -> "/status/latestRef/tag";
                    case "ImageUpdateAutomation" -> "/status/lastPushCommit";
                    default -> "/status/artifact/revision";
                };
        return json.at(path).asText();
    }

    /** When it was made; empty where that is not told. */
    public Optional<Instant> created() {
        String time = json.at("/metadata/creationTimestamp").asText();
        return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
    }

    /** Where its content comes from: the source that it names, or the address of a source. */
    public String origin() {
        Optional<ObjectReference> source = source();
        if (source.isPresent()) {
            String path = json.at("/spec/path").asText();
            return source.get().display() + (path.isEmpty() ? "" : " " + path);
        }
        String url = json.at("/spec/url").asText();
        String bucket = json.at("/spec/bucketName").asText();
        return url.isEmpty() && !bucket.isEmpty()
                ? json.at("/spec/endpoint").asText() + '/' + bucket
                : url;
    }

    /** The source that it names, if it names one. */
    public Optional<ObjectReference> source() {
        for (String at :
                List.of("/spec/sourceRef", "/spec/chartRef", "/spec/chart/spec/sourceRef")) {
            JsonNode reference = json.at(at);
            if (reference.isObject()) {
                return Optional.of(
                        new ObjectReference(
                                reference.path("kind").asText(),
                                reference.path("namespace").asText(namespace()),
                                reference.path("name").asText()));
            }
        }
        return Optional.empty();
    }

    /** The condition Ready; missing where there is none yet. */
    public JsonNode readiness() {
        return condition("Ready");
    }

    /** The value of the annotation that asked for the last reconciliation that ended. */
    public String lastHandled() {
        return json.at("/status/lastHandledReconcileAt").asText();
    }

    /** Whether work on the present spec came to an end, good or bad. */
    public boolean isSettled() {
        long generation = json.at("/metadata/generation").asLong();
        JsonNode ready = condition("Ready");
        boolean current = ready.path("observedGeneration").asLong() == generation;
        return current && (!ready.path("status").asText().equals("Unknown") || isTrue("Stalled"));
    }

    private boolean isTrue(String type) {
        return condition(type).path("status").asText().equals("True");
    }

    private JsonNode condition(String type) {
        for (JsonNode condition : json.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return json.at("/status/conditions/none");
    }

    /** Shortens digests and commits to their first eight digits. */
    public static String shortened(String text) {
        return LONG_HEX.matcher(text).replaceAll("$1");
    }
}
