package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.manifests.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Digests of what shapes a manifest after it was rendered. Written as Flux writes them, so that it
 * sees no change where there is none when it takes over.
 */
final class ShapeDigests {

    private ShapeDigests() {}

    /** Empty where there are none. */
    static String postRenderers(HelmReleaseSpec spec) {
        if (spec.postRenderers().isEmpty()) {
            return "";
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        spec.postRenderers().forEach(renderer -> list.add(FluxJson.write(renderer)));
        return digest(list.toString());
    }

    /** Empty where there is none. */
    static String commonMetadata(HelmReleaseSpec spec) {
        return spec.commonMetadata() == null
                ? ""
                : digest(FluxJson.write(spec.commonMetadata()).toString());
    }

    /** Of JSON as Go writes it: without the characters that HTML knows, and ending a line. */
    private static String digest(String json) {
        String text =
                json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") + '\n';
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
