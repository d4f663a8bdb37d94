package dev.sluice.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderTest {

    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 10_000_000})
    void givesTheOldestFirstHoweverLittleFitsIntoMemory(int memory) throws IOException {
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
        Collections.shuffle(numbers, new Random(3));
        List<List<String>> found = new ArrayList<>();

        try (TimeOrder order = new TimeOrder(memory)) {
            for (int number : numbers) {
                // Two at a time, which their ids keep in order.
                order.add(
                        START.plusMillis(number / 2),
                        "id-" + number % 2,
                        List.of("event " + number, "é\n"));
            }
            order.forEach(found::add);
        }

        assertThat(found)
                .isEqualTo(
                        IntStream.range(0, 1_000)
                                .mapToObj(number -> List.of("event " + number, "é\n"))
                                .toList());
    }
}
