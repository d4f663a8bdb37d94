package dev.sluice.applier.helm;

import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.ChartInfo;
import dev.sluice.helm.worker.HelmResponse.Failure;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Helm's records of one release, kept as Helm keeps them, with failures on order. */
final class FakeHelm implements HelmSession {

    /** Versions of the release whose action is to fail. */
    final Set<Integer> failing = new HashSet<>();

    /** Fails before anything is recorded. */
    @Nullable String broken;

    final List<String> calls = new ArrayList<>();
    final TreeMap<Integer, ReleaseRecord> records = new TreeMap<>();
    String configDigest = "sha256:one";

    /** Of the values that are recorded, where those of earlier releases are kept. */
    @Nullable String recordedDigest;

    String chartVersion = "1.0.0";

    @Override
    public HelmResponse run(HelmRequest request) {
        calls.add(request.action().name());
        return switch (request.action()) {
            case state ->
                    answer(
                            null,
                            records.isEmpty() ? null : records.lastEntry().getValue(),
                            records.get(request.version()),
                            List.of());
            case install, upgrade -> release(request.action().name());
            case rollback -> rollback(request.version());
            case uninstall -> uninstall();
            case unlock -> {
                ReleaseRecord failed = put(records.lastKey(), "failed", configDigest);
                yield answer(null, failed, null, List.of(failed));
            }
            case test -> answer(null, null, null, List.of(tested(records.lastEntry().getValue())));
            default -> answer(null, null, null, List.of());
        };
    }

    /** A release that has no tests. */
    private static ReleaseRecord tested(ReleaseRecord of) {
        return new ReleaseRecord(
                of.digest(),
                of.name(),
                of.namespace(),
                of.version(),
                of.status(),
                of.chartName(),
                of.chartVersion(),
                of.appVersion(),
                of.configDigest(),
                of.firstDeployed(),
                of.lastDeployed(),
                null,
                Map.of(),
                null);
    }

    private HelmResponse release(String action) {
        if (broken != null) {
            return answer(new Failure("action", broken), null, null, List.of());
        }
        int version = records.isEmpty() ? 1 : records.lastKey() + 1;
        List<ReleaseRecord> written = new ArrayList<>();
        boolean fails = failing.contains(version);
        if (!fails && version > 1 && records.lastEntry().getValue().status().equals("deployed")) {
            ReleaseRecord before = records.lastEntry().getValue();
            written.add(put(version - 1, "superseded", before.configDigest()));
        }
        String recorded = recordedDigest == null ? configDigest : recordedDigest;
        written.addFirst(put(version, fails ? "failed" : "deployed", recorded));
        return answer(
                fails ? new Failure("action", action + " refused") : null, null, null, written);
    }

    private HelmResponse rollback(int to) {
        ReleaseRecord target = records.get(to);
        List<ReleaseRecord> written = new ArrayList<>();
        written.add(put(records.lastKey() + 1, "deployed", target.configDigest()));
        written.add(put(to, "superseded", target.configDigest()));
        return answer(null, null, null, written);
    }

    private HelmResponse uninstall() {
        ReleaseRecord gone = put(records.lastKey(), "uninstalled", configDigest);
        records.clear();
        return answer(null, null, null, List.of(gone));
    }

    ReleaseRecord put(int version, String status, String config) {
        ReleaseRecord record =
                new ReleaseRecord(
                        "sha256:" + version + status,
                        "app",
                        "ns",
                        version,
                        status,
                        "app",
                        chartVersion,
                        "v1",
                        config,
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:00:00Z",
                        null,
                        null,
                        null);
        records.put(version, record);
        return record;
    }

    private HelmResponse answer(
            @Nullable Failure error,
            @Nullable ReleaseRecord last,
            @Nullable ReleaseRecord named,
            List<ReleaseRecord> written) {
        return new HelmResponse(
                error,
                new ChartInfo("app", chartVersion, "v1"),
                configDigest,
                last,
                named,
                written,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
