package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ObjectChange;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.helm.worker.HelmRequest.Chart;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.ChartInfo;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import dev.sluice.kubernetes.KubernetesException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of one run share. Belongs to one run. */
final class ReleaseWork {

    final HelmRelease object;
    final HelmReleaseSpec spec;
    final ReleaseNames names;
    final ReleasePlan plan;
    final Chart chart;
    final ReleaseRequests requests;
    final HelmSession helm;
    final ReleaseReports reports;
    final ReleaseDraft draft;

    /** As the worker read the chart and the values. */
    ChartInfo info = new ChartInfo("", "", "");

    String configDigest = "";

    /** Helm's newest record; null where there is none. */
    @Nullable ReleaseRecord last;

    /** The objects of the last action, for the inventory. */
    @Nullable HelmResponse released;

    /** The release's objects as the worker saw them last; null where this run did not look. */
    @Nullable List<ObjectRef> objects;

    /** What this run did to objects. */
    final List<ObjectChange> changes = new ArrayList<>();

    ReleaseWork(
            HelmRelease object,
            ReleasePlan plan,
            Chart chart,
            HelmSession helm,
            ReleaseReports reports,
            ReleaseDraft draft) {
        this.object = object;
        this.spec = object.spec();
        this.names = ReleaseNames.of(object);
        this.plan = plan;
        this.chart = chart;
        this.requests = new ReleaseRequests(object, names, plan.wholeNumbers());
        this.helm = helm;
        this.reports = reports;
        this.draft = draft;
    }

    JsonNode values() {
        return plan.values();
    }

    @Nullable String ociDigest() {
        return plan.oci() == null ? null : plan.oci().digest();
    }

    /** By version; an empty one says that the version is known and has none. */
    Map<String, String> ociDigests() {
        Map<String, String> digests = new HashMap<>();
        draft.history
                .entries()
                .forEach(s ->
                        digests.put("" + s.version(), s.ociDigest() == null ? "" : s.ociDigest()));
        return digests;
    }

    boolean testsEnabled() {
        return spec.test() != null && spec.test().enable();
    }

    boolean testsIgnored() {
        return spec.test() != null && spec.test().ignoreFailures();
    }

    void summarize() {
        draft.summarize(testsEnabled() && !testsIgnored(), testsEnabled());
    }

    void write() throws KubernetesException {
        reports.status(object, draft.toStatus());
    }

    void event(boolean warning, String reason, String message, Map<String, String> marks) {
        reports.event(object, warning, reason, message, marks);
    }

    /** The marks of an Event about the wanted chart. */
    Map<String, String> wantedMarks() {
        Map<String, String> marks = new HashMap<>();
        marks.put("revision", info.version());
        marks.put("token", configDigest);
        if (!info.appVersion().isEmpty()) {
            marks.put("app-version", info.appVersion());
        }
        String digest = ociDigest();
        if (digest != null) {
            marks.put("oci-digest", digest);
        }
        return marks;
    }
}
