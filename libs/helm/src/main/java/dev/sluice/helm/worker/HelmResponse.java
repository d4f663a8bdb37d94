package dev.sluice.helm.worker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request. An action that failed tells what it wrote all the same.
 *
 * @param chart of the request, as it would be recorded
 * @param configDigest of the values of the request, {@code sha256:...}
 * @param last the newest record of the release, for {@code state} and {@code unlock}
 * @param named the record whose version the request named
 * @param observed every record that was written, as it was written last; newest version first
 * @param objects of the release, and the definitions that were made
 * @param changes what the action did to the objects; those left as they are do not count
 * @param drift what differs from the release, or did
 * @param log the last lines that Helm logged, where it failed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HelmResponse(
        @Nullable Failure error,
        @Nullable ChartInfo chart,
        @Nullable String configDigest,
        @Nullable ReleaseRecord last,
        @Nullable ReleaseRecord named,
        @Nullable List<ReleaseRecord> observed,
        @Nullable List<ObjectRef> objects,
        @Nullable List<Changed> changes,
        @Nullable List<Drifted> drift,
        @Nullable List<String> log) {

    /**
     * Why an action failed.
     *
     * @param kind chart, chart-mutation, access, not-found, already-deleted, other-record, busy or
     *     action
     */
    public record Failure(String kind, String message) {}

    public record ChartInfo(String name, String version, String appVersion) {}

    /** A record of Helm's storage, as a HelmRelease's history shows it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ReleaseRecord(
            String digest,
            String name,
            String namespace,
            int version,
            String status,
            String chartName,
            String chartVersion,
            @Nullable String appVersion,
            String configDigest,
            @Nullable String firstDeployed,
            @Nullable String lastDeployed,
            @Nullable String deleted,
            @Nullable Map<String, @Nullable TestRun> testHooks,
            @Nullable String ociDigest) {}

    public record TestRun(
            @Nullable String phase, @Nullable String lastStarted, @Nullable String lastCompleted) {}

    /**
     * An object.
     *
     * @param metadata what the server answered when it was read or written last: uid,
     *     resourceVersion, and the managedFields of Helm's managers; null where it was neither
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ObjectRef(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name,
            @Nullable JsonNode metadata) {}

    /**
     * What was done to an object.
     *
     * @param change created, configured or deleted
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Changed(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name,
            String change) {}

    /**
     * An object that is not as released.
     *
     * @param change deleted or modified
     * @param paths JSON pointers of what differs
     * @param failure what kept it from being put back
     */
    public record Drifted(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name,
            String change,
            @Nullable List<String> paths,
            @Nullable String failure) {}

    public List<ReleaseRecord> written() {
        return observed == null ? List.of() : observed;
    }

    public List<ObjectRef> releasedObjects() {
        return objects == null ? List.of() : objects;
    }

    public List<Changed> changed() {
        return changes == null ? List.of() : changes;
    }

    public List<Drifted> drifted() {
        return drift == null ? List.of() : drift;
    }
}
