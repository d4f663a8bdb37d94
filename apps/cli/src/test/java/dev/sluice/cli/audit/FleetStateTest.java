package dev.sluice.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

        List<List<Deployment>> states =
                FleetState.at(fleet.log(), List.copyOf(truth.keySet()), _ -> true);

        assertThat(states.stream().map(FleetStateTest::words))
                .as("seed %d", seed)
                .containsExactlyElementsOf(truth.values());
    }

    @Test
    void twoMomentsDifferByWhatHappenedBetweenThem() throws IOException {
        RandomFleet fleet = new RandomFleet(9, 5);
        fleet.live(200);
        Instant before = fleet.now();
        fleet.apply("app-1", "main@sha1:new", "extra");
        Instant after = fleet.now();

        List<List<Deployment>> states =
                FleetState.at(fleet.log(), List.of(before, after), _ -> true);

        assertThat(FleetDifference.between(states.getFirst(), states.getLast()))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.delivery()).endsWith("/app-1");
                    assertThat(difference.added()).contains("ConfigMap/apps/extra");
                });
        assertThat(FleetDifference.between(states.getLast(), states.getLast())).isEmpty();
    }

    @Test
    void anEventIsFollowedUpToItsPushAndDownToItsOutcome() throws IOException {
        RandomFleet fleet = new RandomFleet(3, 5);
        String outcome = fleet.apply("app-2", "main@sha1:abc", "one");
        History history = History.of(fleet.log());
        Happening applied = history.find(outcome).getFirst();

        assertThat(history.causes(applied))
                .extracting(Happening::kind)
                .containsExactly("source.changed", "delivery.revealed", "delivery.applied");
        assertThat(history.commit(applied).orElseThrow().author())
                .isEqualTo("Ada <ada@example.com>");
        assertThat(history.effects(history.causes(applied).getFirst()))
                .extracting(Happening::kind)
                .containsExactly(
                        "source.changed",
                        "delivery.revealed",
                        "delivery.applied",
                        "delivery.applied");
    }

    @Test
    void whatAnApplyIsAboutToMakeIsNotDeployed() throws IOException {
        RandomFleet fleet = new RandomFleet(4, 5);
        fleet.apply("app-1", "main@sha1:old", "one");
        fleet.begin("app-1", "main@sha1:old", "one", "two");

        assertThat(words(FleetState.at(fleet.log(), fleet.now(), _ -> true)))
                .containsExactly(Map.entry("app-1", "main@sha1:old [apps_one__ConfigMap]"));
    }

    @Test
    void filtersTakeWhatTheySay() throws IOException {
        RandomFleet fleet = new RandomFleet(3, 5);
        fleet.live(50);
        fleet.apply("app-2", "main@sha1:abcdef", "one");
        History history = History.of(fleet.log());

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

    private static Map<String, Long> kinds(History history, HistoryFilter filter)
            throws IOException {
        Map<String, Long> kinds = new TreeMap<>();
        history.read(
                filter::mayTake,
                happening -> {
                    if (filter.takes(happening, history)) {
                        kinds.merge(happening.kind(), 1L, Long::sum);
                    }
                });
        return kinds;
    }

    private static Map<String, String> words(List<Deployment> deployments) {
        Map<String, String> deployed = new TreeMap<>();
        deployments.forEach(deployment ->
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
