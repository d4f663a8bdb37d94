package dev.sluice.fuzz.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for random trees also where the real program is not at hand. */
class RandomTreesTest {

    private static final int CASES = 400;

    @TempDir Path folder;

    @Test
    void aBuildEndsInAnAnswerAndNeverInACrash() throws IOException {
        int built = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Sample sample = RandomTrees.next(new SplittableRandom(seed));

            Answer answer = build(sample);

            assertThat(answer).as(sample.show()).isNotInstanceOf(Answer.Crashed.class);
            built += answer instanceof Answer.Built ? 1 : 0;
        }
        assertThat(built).as("trees that build at all").isGreaterThan(CASES / 10);
    }

    @Test
    void theSameTreeGivesTheSameOutput() throws IOException {
        for (int seed = 0; seed < CASES / 4; seed++) {
            Sample sample = RandomTrees.next(new SplittableRandom(seed));

            assertThat(build(sample)).isEqualTo(build(sample));
        }
    }

    private Answer build(Sample sample) throws IOException {
        Path root = folder.resolve("tree");
        Sample.delete(root);
        sample.writeTo(root);
        return Engine.build(root, sample);
    }
}
