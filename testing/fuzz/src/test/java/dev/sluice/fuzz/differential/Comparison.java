package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Builds samples with both and tells where they differ. */
final class Comparison {

    /** A sample on which the two differ. */
    record Difference(Sample sample, Answer engine, Answer reference) {

        /** What kind of difference it is; one that is shrunk stays of its kind. */
        String kind() {
            return engine.getClass().getSimpleName() + "/" + reference.getClass().getSimpleName();
        }

        String show() {
            return sample.show() + "=== engine: " + engine + "\n=== reference: " + reference + "\n";
        }
    }

    private final Path root;
    private final Reference reference;
    private int built;

    /**
     * @param root an empty directory that samples are written below, each in its turn
     */
    Comparison(Path root, Reference reference) {
        this.root = root;
        this.reference = reference;
    }

    Optional<Difference> compare(Sample sample) throws IOException {
        Sample.delete(root);
        sample.writeTo(root);
        Answer engine = Engine.build(root, sample);
        Answer expected = reference.build(root, sample);
        built += expected instanceof Answer.Built ? 1 : 0;
        return Answer.agree(engine, expected)
                ? Optional.empty()
                : Optional.of(new Difference(sample, engine, expected));
    }

    /** How many samples the reference could build. */
    int built() {
        return built;
    }

    Difference shrink(Difference found, int checks) throws IOException {
        String kind = found.kind();
        Sample small =
                new Shrinking(
                                sample ->
                                        compare(sample)
                                                .filter(d -> d.kind().equals(kind))
                                                .isPresent(),
                                checks)
                        .shrink(found.sample());
        return compare(small).orElse(found);
    }
}
