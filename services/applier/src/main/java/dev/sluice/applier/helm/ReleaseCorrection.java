package dev.sluice.applier.helm;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.Drifted;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts back objects of a settled release that someone changed: each by one request, from the record
 * of the release, and nothing else is looked at.
 */
final class ReleaseCorrection {

    private static final int MOST_FIELDS = 10;

    /** What came of it. */
    sealed interface Result {

        /**
         * It was put right, or had to be left.
         *
         * @param objects all of the release as they are now
         * @param changes what was put right
         */
        record Done(List<AppliedObject> objects, List<ObjectChange> changes) implements Result {}

        /** The release must be looked at as a whole. */
        record Whole() implements Result {}

        /** Someone else is at work on the release: it is looked at again later. */
        record Busy() implements Result {}
    }

    private final HelmRelease object;
    private final ReleaseDraft draft;
    private final ReleaseReports reports;

    ReleaseCorrection(HelmRelease object, ReleaseDraft draft, ReleaseReports reports) {
        this.object = object;
        this.draft = draft;
        this.reports = reports;
    }

    /** Tells what differs and leaves it. */
    void tell(List<DriftedObject> drifted) {
        if (!drifted.isEmpty()) {
            reports.event(
                    object,
                    true,
                    "DriftDetected",
                    "Cluster state of release "
                            + release()
                            + " has drifted from the desired state:\n"
                            + summary(drifted),
                    marks());
        }
    }

    /**
     * @param applied every object of the release as it was recorded last
     */
    Result run(HelmSession helm, List<AppliedObject> applied, List<DriftedObject> drifted)
            throws WorkerException, InterruptedException {
        Optional<Snapshot> latest = draft.history.latest();
        if (latest.isEmpty()) {
            return new Result.Whole();
        }
        Map<String, DriftedObject> reported =
                drifted.stream().collect(Collectors.toMap(DriftedObject::id, Function.identity()));
        List<ObjectRef> wanted =
                applied.stream()
                        .filter(known -> reported.containsKey(known.id()))
                        .map(ReleaseObjects::ref)
                        .toList();
        HelmResponse answer =
                helm.run(
                        new ReleaseRequests(object, ReleaseNames.of(object), List.of())
                                .correct(latest.get().version(), wanted));
        if (answer.error() != null) {
            return answer.error().kind().equals("busy") ? new Result.Busy() : new Result.Whole();
        }
        List<AppliedObject> now = ReleaseObjects.applied(answer.releasedObjects());
        List<DriftedObject> changed = new ArrayList<>();
        for (AppliedObject known : now) {
            DriftedObject report = reported.get(known.id());
            if (report != null && hasMoved(report, known)) {
                changed.add(report);
            }
        }
        report(changed, answer.drifted());
        return new Result.Done(
                ReleaseObjects.with(applied, now),
                changed.stream().map(ReleaseCorrection::change).toList());
    }

    /** Where someone else owns a field that has our value all the same, nothing is put back. */
    private static boolean hasMoved(DriftedObject reported, AppliedObject now) {
        return !now.resourceVersion().isEmpty()
                && !now.resourceVersion().equals(reported.resourceVersion());
    }

    private static ObjectChange change(DriftedObject object) {
        return new ObjectChange(
                ObjectId.parse(object.id()).display(),
                object.how() == DriftedObject.How.DELETED
                        ? ObjectChange.Action.CREATED
                        : ObjectChange.Action.CONFIGURED);
    }

    private void report(List<DriftedObject> changed, List<Drifted> answers) {
        tell(changed);
        List<Drifted> failed = answers.stream().filter(one -> one.failure() != null).toList();
        if (!failed.isEmpty()) {
            reports.event(
                    object,
                    true,
                    "DriftCorrectionFailed",
                    "Failed to correct release " + release() + ":\n" + failures(failed),
                    marks());
        } else if (!changed.isEmpty()) {
            reports.event(
                    object,
                    false,
                    "DriftCorrected",
                    "Cluster state of release "
                            + release()
                            + " has been corrected:\n"
                            + summary(changed),
                    marks());
        }
    }

    private String release() {
        return draft.history
                .latest()
                .map(ReleaseActions::full)
                .orElse(ReleaseNames.of(object).name());
    }

    private Map<String, String> marks() {
        return draft.history.latest().map(ReleaseActions::marks).orElse(Map.of());
    }

    private static String failures(List<Drifted> failed) {
        return failed.stream()
                .map(one ->
                        one.kind()
                                + '/'
                                + (one.namespace() == null ? "" : one.namespace() + '/')
                                + one.name()
                                + ": "
                                + one.failure())
                .collect(Collectors.joining("\n"));
    }

    private static String summary(List<DriftedObject> drifted) {
        return drifted.stream().map(ReleaseCorrection::line).collect(Collectors.joining("\n"));
    }

    private static String line(DriftedObject object) {
        String who = object.who() == null ? "" : " by " + object.who();
        String name = ObjectId.parse(object.id()).display();
        if (object.how() == DriftedObject.How.DELETED) {
            return name + " removed" + who;
        }
        String fields =
                object.fields().stream().limit(MOST_FIELDS).collect(Collectors.joining(", "));
        return name + " changed" + who + (fields.isEmpty() ? "" : " (" + fields + ')');
    }
}
