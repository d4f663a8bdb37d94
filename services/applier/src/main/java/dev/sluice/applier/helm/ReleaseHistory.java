package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.TestHook;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import dev.sluice.helm.worker.HelmResponse.TestRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The history of a HelmRelease: Helm's records as they were written last, the newest first. */
record ReleaseHistory(List<Snapshot> entries) {

    private static final int MOST = 5;
    private static final Set<String> GOOD = Set.of("deployed", "superseded");

    ReleaseHistory {
        entries =
                entries.stream()
                        .sorted(Comparator.comparingInt(Snapshot::version).reversed())
                        .toList();
    }

    static ReleaseHistory none() {
        return new ReleaseHistory(List.of());
    }

    Optional<Snapshot> latest() {
        return entries.stream().findFirst();
    }

    /** The last good one before the latest. */
    Optional<Snapshot> previous(boolean ignoreTests) {
        return entries.stream()
                .skip(1)
                .filter(snapshot -> isGood(snapshot, ignoreTests))
                .findFirst();
    }

    /** Up to the last good one before the latest; no more than a few. */
    ReleaseHistory truncated(boolean ignoreTests) {
        for (int i = 1; i < entries.size(); i++) {
            if (isGood(entries.get(i), ignoreTests)) {
                return new ReleaseHistory(entries.subList(0, i + 1));
            }
        }
        return new ReleaseHistory(entries.subList(0, Math.min(MOST, entries.size())));
    }

    private static boolean isGood(Snapshot snapshot, boolean ignoreTests) {
        return GOOD.contains(snapshot.status()) && (ignoreTests || !hasFailedTest(snapshot));
    }

    static boolean hasFailedTest(Snapshot snapshot) {
        Map<String, TestHook> tests = snapshot.testHooks();
        return tests != null
                && tests.values().stream()
                        .anyMatch(test -> test != null && "Failed".equals(test.phase()));
    }

    /** The digests of OCI artifacts by version, for the worker. */
    Map<String, String> ociDigests() {
        Map<String, String> digests = new LinkedHashMap<>();
        entries.forEach(snapshot -> {
            if (snapshot.ociDigest() != null) {
                digests.put("" + snapshot.version(), snapshot.ociDigest());
            }
        });
        return digests;
    }

    /**
     * With what an install or upgrade wrote: its own record is new, and has the digest of the
     * artifact that it was made of; that of the one before is as it was written last.
     */
    ReleaseHistory released(List<ReleaseRecord> written, @Nullable String ociDigest) {
        if (written.isEmpty()) {
            return this;
        }
        List<Snapshot> after = new ArrayList<>(entries);
        ReleaseRecord newest = written.getFirst();
        after.removeIf(snapshot -> targets(snapshot, newest));
        after.add(snapshot(newest, null, ociDigest));
        return new ReleaseHistory(updated(after, written.subList(1, written.size())));
    }

    /** With the records that are known as they were written last, and a rollback's own. */
    ReleaseHistory rolledBack(List<ReleaseRecord> written) {
        List<Snapshot> after = new ArrayList<>(updated(entries, written));
        for (ReleaseRecord record : written) {
            if (after.stream().noneMatch(snapshot -> targets(snapshot, record))) {
                after.add(snapshot(record, null, record.ociDigest()));
            }
        }
        return new ReleaseHistory(after);
    }

    /** With the records that are known as they were written last. */
    ReleaseHistory observed(List<ReleaseRecord> written) {
        return new ReleaseHistory(updated(entries, written));
    }

    /** With the tests of the latest. */
    ReleaseHistory tested(List<ReleaseRecord> written) {
        List<Snapshot> after = new ArrayList<>(entries);
        for (ReleaseRecord record : written) {
            if (!after.isEmpty() && targets(after.getFirst(), record)) {
                after.set(0, snapshot(record, hooks(record), after.getFirst().ociDigest()));
            }
        }
        return new ReleaseHistory(after);
    }

    private static List<Snapshot> updated(List<Snapshot> all, List<ReleaseRecord> written) {
        return all.stream()
                .map(snapshot ->
                        written.stream()
                                .filter(record -> targets(snapshot, record))
                                .findFirst()
                                .map(record ->
                                        snapshot(
                                                record, snapshot.testHooks(), snapshot.ociDigest()))
                                .orElse(snapshot))
                .toList();
    }

    private static boolean targets(Snapshot snapshot, ReleaseRecord record) {
        return snapshot.name().equals(record.name())
                && snapshot.namespace().equals(record.namespace())
                && snapshot.version() == record.version();
    }

    private static @Nullable Map<String, TestHook> hooks(ReleaseRecord record) {
        Map<String, @Nullable TestRun> runs = record.testHooks();
        if (runs == null) {
            return null;
        }
        Map<String, TestHook> hooks = new LinkedHashMap<>();
        runs.forEach((name, run) ->
                hooks.put(
                        name,
                        run == null
                                ? new TestHook(null, null, null)
                                : new TestHook(
                                        time(run.lastStarted()),
                                        time(run.lastCompleted()),
                                        empty(run.phase()))));
        return hooks;
    }

    static Snapshot snapshot(
            ReleaseRecord record,
            @Nullable Map<String, TestHook> tests,
            @Nullable String ociDigest) {
        Timestamp epoch = new Timestamp(Instant.EPOCH);
        Timestamp first = time(record.firstDeployed());
        Timestamp last = time(record.lastDeployed());
        return new Snapshot(
                null,
                record.digest(),
                record.name(),
                record.namespace(),
                record.version(),
                record.status(),
                null,
                record.chartName(),
                record.chartVersion(),
                empty(record.appVersion()),
                record.configDigest(),
                first == null ? epoch : first,
                last == null ? epoch : last,
                time(record.deleted()),
                tests,
                empty(ociDigest));
    }

    private static @Nullable Timestamp time(@Nullable String text) {
        return text == null || text.isEmpty() ? null : new Timestamp(Instant.parse(text));
    }

    private static @Nullable String empty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
