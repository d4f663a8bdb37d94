package dev.sluice.fuzz.differential;

import java.util.List;
import java.util.random.RandomGenerator;

/** Choices by a random source. */
record Pick(RandomGenerator random) {

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T in(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** True once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }
}
