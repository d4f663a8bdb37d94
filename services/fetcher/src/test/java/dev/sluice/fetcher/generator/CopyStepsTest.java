package dev.sluice.fetcher.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.fetcher.ignore.IgnoreRules;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.source.ArtifactGenerator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyStepsTest {

    @TempDir Path directory;

    private ArtifactStore store;
    private PartSource source;

    @BeforeEach
    void open() throws Exception {
        store = ArtifactStore.in(directory, Clock.systemUTC());
        ArtifactManifest manifest =
                store.save(
                        new ArtifactBuilder(ArtifactLimits.DEFAULT)
                                .file("app/a.yaml", false, "a: 1\nm:\n  x: 1\n".getBytes(UTF_8))
                                .file("app/b.yaml", false, "a: 2\nm:\n  z: 2\n".getBytes(UTF_8))
                                .file("app/deep/c.json", true, "c".getBytes(UTF_8))
                                .file("top.md", false, "t".getBytes(UTF_8)));
        Artifact artifact =
                new Artifact(
                        "p",
                        "u",
                        "main@sha1:1",
                        manifest.archive().value(),
                        new Timestamp(Instant.EPOCH),
                        1L,
                        Map.of());
        source = new PartSource(artifact, manifest, store.tree(manifest.archive()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@s/app/              | @artifact/      | app/a.yaml app/b.yaml app/deep/c.json",
                "@s/app/              | @artifact/x/    | x/app/a.yaml x/app/b.yaml x/app/deep/c.json",
                "@s/app/**            | @artifact/      | a.yaml b.yaml deep/c.json",
                "@s/app/**            | @artifact/x/    | x/a.yaml x/b.yaml x/deep/c.json",
                "@s/app/*.yaml        | @artifact/      | a.yaml b.yaml",
                "@s/**/*.json         | @artifact/      | app/deep/c.json",
                "@s/app/{a,b}.yaml    | @artifact/y     | y/a.yaml y/b.yaml",
                "@s/app/[a]*          | @artifact/      | a.yaml",
                "@s/top.md            | @artifact/r.md  | r.md",
                "@s/top.md            | @artifact/d/    | d/top.md",
                "@s/top.md            | @artifact/../../e/ | e/top.md"
            })
    void copiesAsCpDoes(String from, String to, String files) throws Exception {
        assertThat(run(copy(from, to, null))).isEqualTo(files);
    }

    @Test
    void leavesOutWhatIsExcluded() throws Exception {
        ArtifactGenerator.Copy copy =
                new ArtifactGenerator.Copy(
                        "@s/**", "@artifact/", List.of("**/*.yaml", "*.md"), null);

        assertThat(run(copy)).isEqualTo("app/deep/c.json");
    }

    @Test
    void mergesYamlMapsIntoEachOther() throws Exception {
        ArtifactManifest made =
                build(
                        copy("@s/app/a.yaml", "@artifact/v.yaml", null),
                        copy("@s/app/b.yaml", "@artifact/v.yaml", "Merge"));

        assertThat(new String(store.tree(made.archive()).read("v.yaml"), UTF_8))
                .isEqualTo("a: 2\nm:\n  x: 1\n  z: 2\n");
    }

    @ParameterizedTest
    @CsvSource({"@s/absent", "@s/absent/**", "@other/app/", "app"})
    void whatIsNotThereIsAnError(String from) {
        assertThatThrownBy(() -> run(copy(from, "@artifact/", null)))
                .isInstanceOf(GeneratorException.class);
    }

    @Test
    void eachDirectoryThatFitsMakesItsOwn() throws Exception {
        ArtifactGenerator.Spec spec =
                new ArtifactGenerator.Spec(
                        List.of(),
                        List.of(
                                new ArtifactGenerator.Output(
                                        "app-{name}",
                                        null,
                                        null,
                                        List.of(copy("@s/app/{name}/**", "@artifact/", null)))),
                        "@s/app/{name}",
                        null);

        List<ArtifactGenerator.Output> outputs = Outputs.of(spec, Map.of("s", source));

        assertThat(outputs)
                .singleElement()
                .satisfies(output -> {
                    assertThat(output.name()).isEqualTo("app-deep");
                    assertThat(output.copy().getFirst().from()).isEqualTo("@s/app/deep/**");
                });
    }

    private static ArtifactGenerator.Copy copy(String from, String to, @Nullable String strategy) {
        return new ArtifactGenerator.Copy(from, to, List.of(), strategy);
    }

    private String run(ArtifactGenerator.Copy... copies) throws Exception {
        return String.join(
                " ", build(copies).files().stream().map(ArtifactManifest.File::path).toList());
    }

    private ArtifactManifest build(ArtifactGenerator.Copy... copies) throws Exception {
        ArtifactGenerator.Output output =
                new ArtifactGenerator.Output("x", null, null, List.of(copies));
        return store.save(
                CopySteps.run(output, Map.of("s", source), ArtifactLimits.DEFAULT)
                        .collectBy(IgnoreRules.only("", null), ArtifactLimits.DEFAULT));
    }
}
