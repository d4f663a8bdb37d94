package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.nio.file.Path;

/** The real one. */
interface Reference {
    Answer build(Path root, Sample sample) throws IOException;
}
