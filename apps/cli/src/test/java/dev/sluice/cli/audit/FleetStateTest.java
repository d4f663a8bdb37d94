package dev.sluice.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetStateTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void isWhatWasTrueAtEachOfTwentyMoments(long seed) throws IOException {
        RandomFleet fleet = new RandomFleet(seed, 60);
        Map<Instant, Map<String, String>> truth = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            fleet.live(120);
            truth.put(fleet.now(), fleet.deployed());
        }

        History history = History.read(fleet.log());

        truth.forEach((moment, deployed) ->
                assertThat(at(history, moment))
                        .as("%s, seed %d", moment, seed)
                        .isEqualTo(deployed));
        assertThat(history.all()).hasSizeGreaterThan(5_000);
        for (Map.Entry<Instant, Map<String, String>> moment : truth.entrySet()) {
            History part = History.read(fleet.log(), FleetState.needed(moment.getKey()));
            assertThat(at(part, moment.getKey())).isEqualTo(moment.getValue());
            assertThat(part.all()).hasSizeLessThan(history.all().size());
        }
    }

    @Test
    void twoMomentsDifferByWhatHappenedBetweenThem() throws IOException {
        RandomFleet fleet = new RandomFleet(9, 5);
        fleet.live(200);
        Instant before = fleet.now();
        fleet.apply("app-1", "main@sha1:new", "extra");
        Instant after = fleet.now();
        History history = History.read(fleet.log());

        assertThat(
                        FleetDifference.between(
                                FleetState.at(history, before, _ -> true),
                                FleetState.at(history, after, _ -> true)))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.delivery()).endsWith("/app-1");
                    assertThat(difference.added()).contains("ConfigMap/apps/extra");
                });
        assertThat(
                        FleetDifference.between(
                                FleetState.at(history, after, _ -> true),
                                FleetState.at(history, after, _ -> true)))
                .isEmpty();
    }

    @Test
    void anEventIsFollowedUpToItsPushAndDownToItsOutcome() throws IOException {
        RandomFleet fleet = new RandomFleet(3, 5);
        String outcome = fleet.apply("app-2", "main@sha1:abc", "one");
        History history = History.read(fleet.log());
        Happening applied = history.find(outcome).getFirst();

        assertThat(history.causes(applied))
                .extracting(Happening::kind)
                .containsExactly("source.changed", "delivery.revealed", "delivery.applied");
        assertThat(history.commit(applied).orElseThrow().author())
                .isEqualTo("Ada <ada@example.com>");
        assertThat(history.effects(history.causes(applied).getFirst())).hasSize(1);
    }

    @Test
    void filtersTakeWhatTheySay() throws IOException {
        RandomFleet fleet = new RandomFleet(3, 5);
        fleet.live(50);
        fleet.apply("app-2", "main@sha1:abcdef", "one");
        History history = History.read(fleet.log());

        assertThat(kinds(history, filter(null, "apps/app-2", null, "abcdef", null, null)))
                .containsOnlyKeys("delivery.revealed", "delivery.applied");
        assertThat(kinds(history, filter(null, null, "ConfigMap/apps/one", null, null, null)))
                .containsKey("delivery.applied");
        assertThat(kinds(history, filter(null, null, null, null, "ADA", "source")))
                .containsOnlyKeys("source.changed");
        assertThat(kinds(history, filter("elsewhere", null, null, null, null, null))).isEmpty();
    }

    private static HistoryFilter filter(
            String cluster,
            String delivery,
            String object,
            String commit,
            String author,
            String kind) {
        return new HistoryFilter(cluster, delivery, object, null, commit, author, kind, null, null);
    }

    private static Map<String, Long> kinds(History history, HistoryFilter filter) {
        return history.all().stream()
                .filter(happening -> filter.takes(happening, history))
                .collect(Collectors.groupingBy(Happening::kind, Collectors.counting()));
    }

    private static Map<String, String> at(History history, Instant moment) {
        Map<String, String> deployed = new TreeMap<>();
        FleetState.at(history, moment, _ -> true)
                .forEach(deployment ->
                        deployed.put(
                                deployment.delivery().name(),
                                deployment.applied().source().revision()
                                        + " "
                                        + deployment.applied().objects().stream()
                                                .map(object -> object.id())
                                                .toList()));
        return deployed;
    }
}
