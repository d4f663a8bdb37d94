package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lanes under a seeded scheduler: wakes, timers, failures and overlapping runs in random order,
 * with the promises checked at each step.
 */
class KeyedLanesSimulationTest {

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, 300).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyWakeIsFollowedByARunThatStartsAfterItAndKeysNeverOverlap(int seed) {
        Simulation simulation = new Simulation(seed);

        simulation.playRandomly(400);
        simulation.settle();

        assertThat(simulation.unansweredWakes()).as("seed %d", seed).isEmpty();
        assertThat(simulation.lanes.busy()).as("seed %d", seed).isZero();
    }

    private static final class Simulation {
        private static final int WIDTH = 3;
        private static final String[] KEYS = {"a", "b", "c", "d", "e", "f"};

        private final Random random;
        private final List<Runnable> started = new ArrayList<>();
        private final SimulatedTimer timer = new SimulatedTimer();
        private final Set<String> running = new HashSet<>();
        private final Map<String, Integer> wakes = new HashMap<>();
        private final Map<String, Integer> answered = new HashMap<>();
        final KeyedLanes<String> lanes;
        private boolean calm;
        private int depth;

        Simulation(int seed) {
            random = new Random(seed);
            lanes =
                    new KeyedLanes<>(
                            "simulated", LaneRules.alike(WIDTH), this::work, started::add, timer);
        }

        void playRandomly(int steps) {
            for (int i = 0; i < steps; i++) {
                step();
            }
        }

        void settle() {
            calm = true;
            while (!started.isEmpty() || timer.advanceToNext()) {
                if (!started.isEmpty()) {
                    started.remove(random.nextInt(started.size())).run();
                }
            }
        }

        List<String> unansweredWakes() {
            return wakes.entrySet().stream()
                    .filter(e -> answered.getOrDefault(e.getKey(), 0) < e.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private void step() {
            switch (random.nextInt(5)) {
                case 0 -> wake(lanes::wake);
                case 1 -> wake(lanes::wakeLater);
                case 2 -> wake(key -> lanes.wakeAfter(key, Duration.ofMillis(random.nextInt(50))));
                case 3 -> timer.advance(Duration.ofMillis(random.nextInt(30)));
                default -> {
                    if (!started.isEmpty()) {
                        started.remove(random.nextInt(started.size())).run();
                    }
                }
            }
        }

        private void wake(java.util.function.Consumer<String> how) {
            String key = KEYS[random.nextInt(KEYS.length)];
            wakes.merge(key, 1, Integer::sum);
            how.accept(key);
        }

        private Next work(String key) {
            assertThat(running.add(key)).as("two runs of %s at once", key).isTrue();
            assertThat(running.size()).isLessThanOrEqualTo(WIDTH);
            int seen = wakes.getOrDefault(key, 0);
            depth++;
            for (int i = random.nextInt(4); i > 0 && !calm && depth < 8; i--) {
                step();
            }
            depth--;
            running.remove(key);
            if (!calm && random.nextInt(6) == 0) {
                throw new IllegalStateException("a simulated failure");
            }
            answered.merge(key, seen, Math::max);
            return !calm && random.nextInt(5) == 0
                    ? Next.after(Duration.ofMillis(10))
                    : Next.done();
        }
    }

    /** Time that stands still until it is moved. */
    private static final class SimulatedTimer implements LaneTimer {
        private final List<SimulatedAlarm> alarms = new ArrayList<>();
        private long now;

        @Override
        public Alarm set(Duration delay, Runnable ring) {
            SimulatedAlarm alarm = new SimulatedAlarm(now + delay.toNanos(), ring);
            alarms.add(alarm);
            return alarm;
        }

        void advance(Duration time) {
            long until = now + time.toNanos();
            for (SimulatedAlarm alarm = next();
                    alarm != null && alarm.due <= until;
                    alarm = next()) {
                now = Math.max(now, alarm.due);
                alarms.remove(alarm);
                alarm.ring.run();
            }
            now = until;
        }

        boolean advanceToNext() {
            SimulatedAlarm alarm = next();
            if (alarm == null) {
                return false;
            }
            advance(Duration.ofNanos(Math.max(0, alarm.due - now)));
            return true;
        }

        private SimulatedAlarm next() {
            return alarms.stream().min(java.util.Comparator.comparingLong(a -> a.due)).orElse(null);
        }

        @Override
        public void close() {
            alarms.clear();
        }

        private final class SimulatedAlarm implements Alarm {
            private final long due;
            private final Runnable ring;

            SimulatedAlarm(long due, Runnable ring) {
                this.due = due;
                this.ring = ring;
            }

            @Override
            public long due() {
                return due;
            }

            @Override
            public void cancel() {
                alarms.remove(this);
            }
        }
    }
}
