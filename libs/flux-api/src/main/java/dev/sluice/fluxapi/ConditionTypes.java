package dev.sluice.fluxapi;

/** The types of conditions. Those of negative polarity are there only while they are true. */
public final class ConditionTypes {

    /** The summary: the object is in the cluster, or in the store, as its spec says. */
    public static final String READY = "Ready";

    /** Negative polarity: work goes on, or failed and will be tried again. */
    public static final String RECONCILING = "Reconciling";

    /** Negative polarity: nothing will change until someone changes the spec. */
    public static final String STALLED = "Stalled";

    /** Of Kustomizations with health checks. */
    public static final String HEALTHY = "Healthy";

    /** Of sources, negative polarity: the remote did not give what was asked for. */
    public static final String FETCH_FAILED = "FetchFailed";

    /** Of sources, negative polarity: an included source has no artifact. */
    public static final String INCLUDE_UNAVAILABLE = "IncludeUnavailable";

    /** Of sources, negative polarity: the artifact could not be stored. */
    public static final String STORAGE_OPERATION_FAILED = "StorageOperationFailed";

    /** Of sources, negative polarity: the stored artifact is not the wanted one. */
    public static final String ARTIFACT_OUTDATED = "ArtifactOutdated";

    /** Of sources: the wanted artifact is in the store. */
    public static final String ARTIFACT_IN_STORAGE = "ArtifactInStorage";

    /** Of sources with a signature to check. */
    public static final String SOURCE_VERIFIED = "SourceVerified";

    /** Of HelmCharts, negative polarity: the chart could not be packaged. */
    public static final String BUILD_FAILED = "BuildFailed";

    /** Of HelmReleases: the last install or upgrade succeeded. */
    public static final String RELEASED = "Released";

    /** Of HelmReleases: the last test run succeeded. */
    public static final String TEST_SUCCESS = "TestSuccess";

    /** Of HelmReleases: a failed release was rolled back or uninstalled. */
    public static final String REMEDIATED = "Remediated";

    /** Of HelmReleases: the cluster differs from the release. */
    public static final String DRIFTED = "Drifted";

    private ConditionTypes() {}
}
