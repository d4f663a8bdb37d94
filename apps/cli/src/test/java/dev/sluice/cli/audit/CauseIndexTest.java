package dev.sluice.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CauseIndexTest {

    private final CauseIndex index = new CauseIndex();

    @Test
    void followsAChainOfManyToItsEnd() {
        for (int i = 0; i < 20_000; i++) {
            index.put(id(i), id(i % 10 == 0 ? i : i - 1));
        }

        assertThat(index.cause(id(19_999))).isEqualTo(id(19_998));
        assertThat(index.cause(id(19_990))).isEqualTo(id(19_990));
        assertThat(index.effects(id(19_990))).hasSize(10);
        assertThat(index.effects(id(19_997)))
                .containsExactlyInAnyOrder(id(19_997), id(19_998), id(19_999));
    }

    @Test
    void knowsNothingOfWhatItWasNotTold() {
        index.put(EventKey.of("one that is no number"), id(1));

        assertThat(index.contains(EventKey.of("one that is no number"))).isTrue();
        assertThat(index.contains(id(1))).isFalse();
        assertThat(index.cause(id(1))).isNull();
    }

    @Test
    void causesInACircleEnd() {
        index.put(id(1), id(2));
        index.put(id(2), id(1));

        assertThat(index.effects(id(1))).hasSize(2);
    }

    private static EventKey id(int number) {
        return EventKey.of("%016x%016x".formatted(number + 1L, 7L));
    }
}
