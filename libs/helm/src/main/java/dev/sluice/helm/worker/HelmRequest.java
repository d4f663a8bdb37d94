package dev.sluice.helm.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is asked for. Values may be secret, so {@link #toString} tells the action and the
 * release only.
 *
 * @param release the release's name in Helm
 * @param namespace that the release is made in
 * @param storageNamespace where Helm keeps its records
 * @param origin the HelmRelease, whose name objects carry as labels
 * @param values a map, complete; null where the action takes none
 * @param options what the action may do, as the schema has it; what is absent is false or nothing
 * @param ociDigests of the charts of earlier versions, by version, as the history has them
 * @param version of the release that is meant, for a rollback, {@code state} and {@code correct}; 0
 *     for none
 * @param wholeNumbers JSON pointers of values that are whole numbers to Go, and not floats
 * @param objects that are to be put back, for {@code correct}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HelmRequest(
        Action action,
        String release,
        String namespace,
        String storageNamespace,
        Origin origin,
        @Nullable Chart chart,
        @Nullable JsonNode values,
        ObjectNode options,
        Map<String, String> ociDigests,
        int version,
        List<String> wholeNumbers,
        List<HelmResponse.ObjectRef> objects) {

    public HelmRequest {
        wholeNumbers = List.copyOf(wholeNumbers);
        objects = List.copyOf(objects);
    }

    /** The actions, in the words of the protocol. */
    public enum Action {
        state,
        render,
        install,
        upgrade,
        test,
        rollback,
        uninstall,
        unlock,
        drift,
        correct
    }

    public record Origin(String namespace, String name) {}

    /**
     * A packaged chart.
     *
     * @param archive in base64
     * @param tag of the OCI artifact that it came in; one that is a version must be the chart's
     * @param digest of the artifact, which goes into the digest of what is released
     * @param buildMetadata replaces that of the chart's version; null to leave it
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Chart(
            String archive,
            @Nullable String tag,
            @Nullable String buildMetadata,
            @Nullable String digest) {
        @Override
        public String toString() {
            return "a chart of " + archive.length() / 4 * 3 + " bytes";
        }
    }

    /** How long the action may take by itself. */
    Duration timeout() {
        return Duration.ofMillis((long) (options.path("timeoutSeconds").asDouble() * 1000));
    }

    @Override
    public String toString() {
        return action + " of " + namespace + '/' + release;
    }
}
