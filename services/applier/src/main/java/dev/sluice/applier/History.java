package dev.sluice.applier;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.kustomize.KustomizationStatus.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last results of a delivery, the latest first. A result that was seen before (the same build
 * with the same end) moves to the front with the new revision and counts on.
 */
final class History {

    private static final int LENGTH = 5;

    private History() {}

    static List<Snapshot> with(
            List<Snapshot> before,
            Attempt attempt,
            String build,
            String end,
            Duration took,
            Instant now) {
        List<Snapshot> after = new ArrayList<>();
        Snapshot known = find(before, build, end);
        after.add(
                new Snapshot(
                        build,
                        known == null ? new Timestamp(now) : known.firstReconciled(),
                        new Timestamp(now),
                        GoDuration.of(took).toString(),
                        end,
                        known == null ? 1 : known.totalReconciliations() + 1,
                        metadata(attempt)));
        before.stream()
                .filter(snapshot -> !snapshot.equals(known))
                .limit(LENGTH - 1)
                .forEach(after::add);
        return after;
    }

    private static @Nullable Snapshot find(List<Snapshot> before, String build, String end) {
        return before.stream()
                .filter(s -> s.digest().equals(build) && s.lastReconciledStatus().equals(end))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> metadata(Attempt attempt) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("revision", attempt.revision());
        String origin = attempt.originRevision();
        if (origin != null && !origin.isEmpty()) {
            metadata.put("originRevision", origin);
        }
        return metadata;
    }
}
