package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Samples from a directory that holds one tree in each of its directories. */
final class Corpus {

    private static final int MOST_FILES = 60;
    private static final long MOST_BYTES = 200_000;

    private Corpus() {}

    /**
     * Every directory with a kustomization becomes a sample: the whole tree, with that directory as
     * its target.
     */
    static List<Sample> read(Path directory) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> trees = Files.list(directory)) {
            for (Path tree : trees.filter(Files::isDirectory).sorted().toList()) {
                Path input = tree.resolve("input");
                samples.addAll(ofTree(Files.isDirectory(input) ? input : tree));
            }
        }
        return samples;
    }

    private static List<Sample> ofTree(Path root) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (files.size() > MOST_FILES || Files.size(path) > MOST_BYTES) {
                    return List.of();
                }
                try {
                    byte[] content = Files.readAllBytes(path);
                    files.put(
                            root.relativize(path).toString(),
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(content))
                                    .toString());
                } catch (CharacterCodingException e) {
                    // A sample's files are text.
                    continue;
                }
            }
        }
        Sample whole = new Sample(files, "", List.of());
        return whole.kustomizations().stream()
                .map(file -> whole.withTarget(Sample.directory(file)))
                .toList();
    }
}
