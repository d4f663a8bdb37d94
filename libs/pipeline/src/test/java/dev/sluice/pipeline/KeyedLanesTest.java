package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyedLanesTest {

    @Test
    void runsWhatChangesNothingAfterWhatMust() {
        List<Runnable> started = new ArrayList<>();
        List<String> order = new ArrayList<>();
        KeyedLanes<String> lanes =
                new KeyedLanes<>(
                        "test",
                        LaneRules.alike(1),
                        key -> {
                            order.add(key);
                            return Next.done();
                        },
                        started::add,
                        new SystemLaneTimer());

        lanes.wake("first");
        lanes.wakeLater("later");
        lanes.wake("urgent");
        lanes.wakeLater("promoted");
        lanes.wake("promoted");
        for (int i = 0; i < started.size(); i++) {
            started.get(i).run();
        }
        lanes.close();

        assertThat(order).containsExactly("first", "urgent", "promoted", "later");
    }

    @Test
    void runsDifferentKeysSideBySideOnThreadsOfTheirOwn() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(2);
        try (KeyedLanes<String> lanes =
                new KeyedLanes<>(
                        "test",
                        2,
                        key -> {
                            both.countDown();
                            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
                            done.countDown();
                            return Next.done();
                        })) {
            lanes.wake("a");
            lanes.wake("b");

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void startsNothingNewOnceClosed() {
        List<Runnable> started = new ArrayList<>();
        KeyedLanes<String> lanes =
                new KeyedLanes<>(
                        "test",
                        LaneRules.alike(1),
                        key -> Next.done(),
                        started::add,
                        new SystemLaneTimer());

        lanes.close();
        lanes.wake("a");

        assertThat(started).isEmpty();
    }

    @Test
    void aCrowdOfOneGroupLeavesRoomForAnother() {
        List<String> order = new ArrayList<>();
        List<Runnable> started = new ArrayList<>();
        KeyedLanes<String> lanes =
                new KeyedLanes<>(
                        "test",
                        new LaneRules<>(4, 3, key -> key.substring(0, 1), _ -> true),
                        key -> {
                            order.add(key);
                            return Next.done();
                        },
                        started::add,
                        new SystemLaneTimer());
        for (int i = 0; i < 1000; i++) {
            lanes.wake("a" + i);
        }

        lanes.wake("b0");

        assertThat(started).hasSize(4);
        started.removeLast().run();
        assertThat(order).containsExactly("b0");
    }

    @Test
    void groupsTakeTurns() {
        FairQueue<String> queue = new FairQueue<>(key -> key.substring(0, 1));
        List.of("a1", "a2", "a3", "b1", "c1", "b2").forEach(queue::add);
        queue.remove("a2");

        List<String> order = new ArrayList<>();
        for (String key = queue.poll(_ -> true); key != null; key = queue.poll(_ -> true)) {
            order.add(key);
        }

        assertThat(order).containsExactly("a1", "b1", "c1", "a3", "b2");
    }

    @Test
    void whatIsNotOursIsNotRun() {
        List<Runnable> started = new ArrayList<>();
        KeyedLanes<String> lanes =
                new KeyedLanes<>(
                        "test",
                        new LaneRules<>(4, 4, _ -> "", key -> key.equals("ours")),
                        key -> Next.done(),
                        started::add,
                        new SystemLaneTimer());

        lanes.wake("theirs");
        lanes.wake("ours");

        assertThat(started).hasSize(1);
    }
}
