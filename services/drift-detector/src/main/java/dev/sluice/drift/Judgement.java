package dev.sluice.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftedObject.How;
import dev.sluice.kubernetes.ResourceVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to be thought of one applied object. */
sealed interface Judgement {

    /** It is as it was applied, or not ours to judge. */
    record Fine() implements Judgement {}

    /** It is not there, as far as the watch has told: to be looked at before it is called gone. */
    record Missing() implements Judgement {}

    /**
     * Our own manager has written it anew: an apply whose record is on its way.
     *
     * @param since when that apply wrote
     */
    record InFlight(Instant since) implements Judgement {}

    /**
     * @param who see {@link dev.sluice.events.DriftedObject#who}
     */
    record Drifted(How how, @Nullable String who, List<String> fields, String resourceVersion)
            implements Judgement {}

    /** Clocks of servers, and times that are cut to the second. */
    Duration CLOCK_SLACK = Duration.ofSeconds(2);

    int MOST_FIELDS = 20;

    /**
     * Compares.
     *
     * @param expected as recorded
     * @param recorded when
     */
    static Judgement of(AppliedObject expected, Instant recorded, @Nullable LiveObject live) {
        if (expected.owned().isEmpty()) {
            return new Fine();
        }
        if (live == null) {
            return new Missing();
        }
        if (live.deleting()
                || live.leftAlone()
                || ResourceVersions.notLater(live.resourceVersion(), expected.resourceVersion())) {
            return new Fine();
        }
        if (live.owned().digest().equals(expected.owned())) {
            String kubectl = live.kubectl();
            return kubectl == null || live.merge()
                    ? new Fine()
                    : new Drifted(
                            How.FOREIGN_MANAGER,
                            kubectl,
                            live.lastOtherFields(),
                            live.resourceVersion());
        }
        return writtenByUs(live, expected, recorded)
                ? new InFlight(live.owned().time())
                : edited(live, expected);
    }

    /**
     * Others can only take fields from our set, and that leaves its time as it was; so a later
     * time, or a field that was not in it, is our own work.
     */
    private static boolean writtenByUs(LiveObject live, AppliedObject expected, Instant recorded) {
        if (live.owned().digest().isEmpty()) {
            return false;
        }
        OwnedFields before = live.before();
        if (before == null || !before.digest().equals(expected.owned())) {
            return live.owned().time().isAfter(recorded.plus(CLOCK_SLACK));
        }
        return live.owned().time().isAfter(before.time())
                || adds(before.paths(), live.owned().paths());
    }

    /** A list or map whose last entry was taken is a path by itself, and still no addition. */
    private static boolean adds(Set<String> before, Set<String> now) {
        return now.stream()
                .filter(path -> !before.contains(path))
                .anyMatch(path ->
                        before.stream()
                                .noneMatch(old ->
                                        old.startsWith(path + '.') || old.startsWith(path + '[')));
    }

    private static Drifted edited(LiveObject live, AppliedObject expected) {
        OwnedFields before = live.before();
        if (before == null || !before.digest().equals(expected.owned())) {
            return new Drifted(
                    How.EDITED, live.lastOther(), live.lastOtherFields(), live.resourceVersion());
        }
        Set<String> lost = new TreeSet<>(before.paths());
        lost.removeAll(live.owned().paths());
        return new Drifted(
                How.EDITED,
                live.lastOther(),
                lost.stream().limit(MOST_FIELDS).toList(),
                live.resourceVersion());
    }
}
