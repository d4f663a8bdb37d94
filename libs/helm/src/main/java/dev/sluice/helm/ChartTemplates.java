package dev.sluice.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;

/** The HelmChart that a HelmRelease with {@code spec.chart} asks for. Works on plain trees. */
public final class ChartTemplates {

    /** The kind that is made. */
    public static final String KIND = "HelmChart";

    private static final String[] COPIED = {
        "chart", "version", "reconcileStrategy", "valuesFiles", "ignoreMissingValuesFiles"
    };

    private ChartTemplates() {}

    /** Its name: that of the release, after its namespace. */
    public static String name(String namespace, String release) {
        return namespace + '-' + release;
    }

    /** Its namespace: that of the source. */
    public static String namespace(JsonNode releaseSpec, String namespace) {
        String named =
                releaseSpec.path("chart").path("spec").path("sourceRef").path("namespace").asText();
        return named.isEmpty() ? namespace : named;
    }

    /** Its spec. */
    public static ObjectNode spec(JsonNode releaseSpec) {
        JsonNode template = releaseSpec.path("chart").path("spec");
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        for (String field : COPIED) {
            JsonNode value = template.get(field);
            if (value != null && !isZero(value)) {
                spec.set(field, value);
            }
        }
        spec.putObject("sourceRef")
                .put("kind", template.path("sourceRef").path("kind").asText())
                .put("name", template.path("sourceRef").path("name").asText());
        JsonNode interval =
                template.has("interval") ? template.get("interval") : releaseSpec.get("interval");
        spec.put("interval", interval == null ? "1m0s" : canonical(interval.asText()));
        JsonNode verify = template.get("verify");
        if (verify != null) {
            ObjectNode copy = spec.putObject("verify");
            copy.set("provider", verify.get("provider"));
            if (verify.has("secretRef")) {
                copy.set("secretRef", verify.get("secretRef"));
            }
        }
        return spec;
    }

    /** The object for a server-side apply. */
    public static ObjectNode object(JsonNode releaseSpec, String namespace, String release) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Groups.SOURCE + "/v1").put("kind", KIND);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name(namespace, release))
                .put("namespace", namespace(releaseSpec, namespace));
        JsonNode template = releaseSpec.path("chart").path("metadata");
        ObjectNode labels = metadata.putObject("labels");
        if (template.path("labels") instanceof ObjectNode given) {
            labels.setAll(given.deepCopy());
        }
        labels.put(Groups.HELM + "/name", release).put(Groups.HELM + "/namespace", namespace);
        if (template.path("annotations") instanceof ObjectNode given && !given.isEmpty()) {
            metadata.set("annotations", given.deepCopy());
        }
        object.set("spec", spec(releaseSpec));
        return object;
    }

    private static boolean isZero(JsonNode value) {
        return (value.isContainerNode() && value.isEmpty())
                || (value.isBoolean() && !value.booleanValue());
    }

    private static String canonical(String duration) {
        try {
            return GoDuration.parse(duration).toString();
        } catch (IllegalArgumentException e) {
            return duration;
        }
    }
}
