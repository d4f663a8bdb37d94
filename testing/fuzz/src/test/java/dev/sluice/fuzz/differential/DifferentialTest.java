package dev.sluice.fuzz.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs only where {@code KUSTOMIZE} names the real program. {@code fuzz.seed} and {@code
 * fuzz.cases} choose the cases; a failure names the seed that shows it alone.
 */
@EnabledIfEnvironmentVariable(named = "KUSTOMIZE", matches = ".+")
class DifferentialTest {

    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("fuzz.cases", 300);
    private static final int CHECKS = 400;

    @TempDir Path folder;

    @Test
    void buildsRandomTreesAsTheRealOneDoes() throws IOException {
        Comparison comparison = comparison();

        compare(comparison, RandomTrees::next);

        assertThat(comparison.built()).as("trees that build at all").isGreaterThan(CASES / 10);
    }

    @Test
    @EnabledIfSystemProperty(named = "fuzz.corpus", matches = ".+")
    void buildsChangedTreesOfACorpusAsTheRealOneDoes() throws IOException {
        List<Sample> corpus = Corpus.read(Path.of(System.getProperty("fuzz.corpus")));
        Mutations mutations = new Mutations(corpus);

        compare(comparison(), mutations::next);
    }

    private Comparison comparison() {
        return new Comparison(folder.resolve("tree"), new Program(System.getenv("KUSTOMIZE")));
    }

    private static void compare(Comparison comparison, Function<SplittableRandom, Sample> samples)
            throws IOException {
        for (int i = 0; i < CASES; i++) {
            Sample sample = samples.apply(new SplittableRandom(SEED + i));
            Optional<Comparison.Difference> difference = comparison.compare(sample);
            if (difference.isPresent()) {
                fail(
                        "seed "
                                + (SEED + i)
                                + "\n"
                                + comparison.shrink(difference.get(), CHECKS).show());
            }
        }
    }
}
