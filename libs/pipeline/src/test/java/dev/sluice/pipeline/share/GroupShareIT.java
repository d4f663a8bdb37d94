package dev.sluice.pipeline.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.events.Topic;
import dev.sluice.pipeline.StateTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of one group on a real broker. */
class GroupShareIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> KEYS =
            IntStream.range(0, 50).mapToObj(i -> "apps/app-" + i).toList();

    @TempDir private Path folder;
    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("log"), 0);
        TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private final class Member implements Share.Listener {

        private final Set<String> told = new ConcurrentSkipListSet<>();
        private final List<Set<Integer>> restored = new CopyOnWriteArrayList<>();
        private final Share share =
                new GroupShare(
                        "stage",
                        Topic.APPLIED,
                        Map.of("bootstrap.servers", broker.address()),
                        Duration.ofSeconds(6),
                        (_, partitions) -> {
                            restored.add(Set.copyOf(partitions));
                            return new StateTable();
                        });

        @Override
        public void gained(StateTable said, Predicate<String> keys) {
            KEYS.stream().filter(keys).forEach(told::add);
        }

        @Override
        public void lost(Predicate<String> keys) {
            told.removeIf(keys);
        }

        List<String> owned() {
            return KEYS.stream().filter(share::owns).toList();
        }

        void awaitOwned(int least, int most) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(owned()).hasSizeBetween(least, most);
                        assertThat(told).containsExactlyInAnyOrderElementsOf(owned());
                    });
        }
    }

    @Test
    void whoComesTakesAPartAndGivesItBackWhenHeEnds() {
        Member first = new Member();
        Member second = new Member();
        first.share.begin(first);
        first.awaitOwned(KEYS.size(), KEYS.size());

        second.share.begin(second);

        second.awaitOwned(1, KEYS.size() - 1);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(first.owned())
                                .doesNotContainAnyElementsOf(second.owned())
                                .hasSize(KEYS.size() - second.owned().size()));
        assertThat(second.restored.stream().mapToInt(Set::size).sum()).isEqualTo(2);
        second.share.close();
        assertThat(second.owned()).isEmpty();
        first.awaitOwned(KEYS.size(), KEYS.size());
        first.share.close();
    }

    @Test
    void whileTheBrokerIsAwayEveryoneKeepsWhatHeHas() {
        Member only = new Member();
        only.share.begin(only);
        only.awaitOwned(KEYS.size(), KEYS.size());

        broker.close();

        assertThat(only.owned()).hasSize(KEYS.size());
        only.share.close();
        assertThat(only.owned()).isEmpty();
    }
}
