package dev.sluice.fetcher.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fluxapi.source.GitRepository;
import org.junit.jupiter.api.Test;

class SourceTableTest {

    private static final SourceKey APP = new SourceKey("GitRepository", "team", "app");
    private static final String ARTIFACT =
            """
            'artifact':{'path':'gitrepository/team/app/%1$s.tar.gz','url':'u','revision':'main@sha1:%1$s','digest':'sha256:1',
              'lastUpdateTime':'2026-01-01T00:00:00Z'}\
            """;

    private final SourceTable table =
            new SourceTable(source ->
                    ((GitRepository) source.object())
                            .spec().include().stream()
                                    .map(include ->
                                            new SourceKey(
                                                    "GitRepository",
                                                    "team",
                                                    include.repository().name()))
                                    .toList());

    @Test
    void whatIsNotThereIsGoneOnceItsKindHasBeenListed() {
        assertThat(table.isGone(APP)).isFalse();

        table.listed("Bucket");
        assertThat(table.isGone(APP)).isFalse();

        table.listed("GitRepository");
        assertThat(table.isGone(APP)).isTrue();

        table.put(object("10", 1, "", ""));
        assertThat(table.isGone(APP)).isFalse();
    }

    @Test
    void aNewObjectIsWork() {
        assertThat(table.put(object("10", 1, "", ""))).containsExactly(APP);
    }

    @Test
    void anotherSpecARequestAndADeletionAreWork() {
        table.put(object("10", 1, "", ""));

        assertThat(table.put(object("11", 2, "", ""))).containsExactly(APP);
        assertThat(
                        table.put(
                                object(
                                        "12",
                                        2,
                                        ",'annotations':{'reconcile.fluxcd.io/requestedAt':'x'}",
                                        "")))
                .containsExactly(APP);
        assertThat(
                        table.put(
                                object(
                                        "13",
                                        2,
                                        ",'annotations':{'reconcile.fluxcd.io/requestedAt':'x'},'deletionTimestamp':'2026-01-01T00:00:00Z'",
                                        "")))
                .containsExactly(APP);
    }

    @Test
    void ourOwnStatusIsNoWork() {
        table.put(object("10", 1, "", ""));

        assertThat(table.put(object("11", 1, "", ARTIFACT.formatted("a")))).isEmpty();
    }

    @Test
    void whatIsOlderThanOurOwnWriteIsDropped() {
        table.put(object("12", 2, "", ""));

        assertThat(table.put(object("11", 1, "", ""))).isEmpty();
        assertThat(table.get(APP).orElseThrow().metadata().generation()).isEqualTo(2);
    }

    @Test
    void anotherArtifactWakesThoseThatIncludeIt() {
        Source<GitRepository> including =
                Samples.repository(
                        ",'name':'whole'", ",'include':[{'repository':{'name':'app'}}]", "");
        table.put(including);
        table.put(object("10", 1, "", ""));

        assertThat(table.put(object("11", 1, "", ARTIFACT.formatted("a"))))
                .containsExactly(new SourceKey("GitRepository", "team", "whole"));
    }

    @Test
    void servesTheCurrentArtifactAndTheOneBefore() {
        table.put(object("10", 1, "", ARTIFACT.formatted("a")));
        table.put(object("11", 1, "", ARTIFACT.formatted("b")));

        assertThat(table.artifact(APP, "gitrepository/team/app/b.tar.gz")).isPresent();
        assertThat(table.artifact(APP, "gitrepository/team/app/a.tar.gz")).isPresent();
        assertThat(table.artifact(APP, "gitrepository/team/app/c.tar.gz")).isEmpty();
        assertThat(
                        table.artifact(APP, "gitrepository/team/app/latest.tar.gz")
                                .orElseThrow()
                                .revision())
                .isEqualTo("main@sha1:b");
    }

    @Test
    void forgetsWhatIsGoneButNotItsSuccessor() {
        Source<GitRepository> old = object("10", 1, "", "");
        table.put(old);
        table.put(object("20", 1, ",'uid':'u2'", ""));

        table.remove(old);

        assertThat(table.get(APP)).isPresent();
        table.remove(object("20", 1, ",'uid':'u2'", ""));
        assertThat(table.get(APP)).isEmpty();
    }

    private static Source<GitRepository> object(
            String version, int generation, String metadata, String status) {
        return Samples.repository(
                ",'resourceVersion':'%s','generation':%d%s"
                        .formatted(version, generation, metadata),
                "",
                status);
    }
}
