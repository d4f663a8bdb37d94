package dev.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.audit.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {

    private static final String OUTCOMES = "sluice.outcomes";
    private static final String SOURCES = "sluice.sources";

    private final ServiceKey key = ServiceKey.generate(new SecureRandom());
    private final SealedLog log = new SealedLog(OUTCOMES, "sluice/applier", key);

    @Test
    void whatWasWrittenIsFoundAsItWas() {
        log.write(50);

        VerificationReport report = log.verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.signed()).isEqualTo(50);
        assertThat(report.keys()).containsKey("sluice/applier");
    }

    @Test
    void aChangedBodyIsNamed() {
        log.write(50);
        LoggedRecord victim = log.records().get(20);
        log.replace(20, SealedLog.with(victim, "{\"changed\":1}".getBytes(StandardCharsets.UTF_8)));

        assertThat(log.verify().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
                    assertThat(finding.event()).isEqualTo(victim.event());
                    assertThat(finding.place()).isEqualTo(victim.place());
                    assertThat(finding.key()).isEqualTo(victim.key());
                });
    }

    @Test
    void aChangedHeaderIsNamed() {
        log.write(10);
        LoggedRecord victim = log.records().get(4);
        log.replace(4, SealedLog.withHeader(victim, "ce_time", "2020-01-01T00:00:00Z"));

        assertThat(log.verify().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
                    assertThat(finding.event()).isEqualTo(victim.event());
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 25, 48, 49})
    void aMissingRecordIsNamedWhereverItWas(int index) {
        log.write(50);
        LoggedRecord victim = log.records().get(index);
        boolean last =
                log.records().subList(index + 1, 50).stream()
                        .noneMatch(record -> record.partition() == victim.partition());
        log.remove(index);

        List<Finding> findings = log.verify().findings();

        if (index < 49) {
            assertThat(findings)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kind()).isEqualTo(Kind.MISSING);
                        assertThat(finding.event()).isEqualTo(last ? "" : victim.event());
                    });
        } else {
            assertThat(findings).as("nothing was written after it").isEmpty();
        }
    }

    @Test
    void twoSwappedRecordsAreNamedAndNoOther() {
        log.write(60);
        List<Integer> one =
                IntStream.range(0, 60)
                        .filter(i -> log.records().get(i).partition() == 1)
                        .boxed()
                        .toList();
        LoggedRecord early = log.records().get(one.get(2));
        LoggedRecord late = log.records().get(one.get(7));
        log.replace(one.get(2), late);
        log.replace(one.get(7), early);

        List<Finding> findings = log.verify().findings();

        assertThat(findings).extracting(Finding::kind).containsOnly(Kind.REORDERED);
        assertThat(findings)
                .extracting(Finding::event)
                .containsExactlyInAnyOrder(early.event(), late.event());
    }

    @Test
    void twoSwappedNeighboursAreBothNamed() {
        log.write(60);
        List<Integer> one =
                IntStream.range(0, 60)
                        .filter(i -> log.records().get(i).partition() == 2)
                        .boxed()
                        .toList();
        LoggedRecord early = log.records().get(one.get(0));
        LoggedRecord late = log.records().get(one.get(1));
        log.replace(one.get(0), late);
        log.replace(one.get(1), early);

        assertThat(log.verify().findings())
                .extracting(Finding::kind, Finding::event)
                .containsExactlyInAnyOrder(
                        tuple(Kind.REORDERED, early.event()), tuple(Kind.REORDERED, late.event()));
    }

    @Test
    void aRepeatedRecordIsNamed() {
        log.write(20);
        LoggedRecord victim = log.records().get(6);
        log.add(victim);

        assertThat(log.verify().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.REPEATED);
                    assertThat(finding.event()).isEqualTo(victim.event());
                });
    }

    @Test
    void aRecordThatNobodySignedIsNamed() {
        log.write(20);
        LoggedRecord victim = log.records().get(6);
        log.add(SealedLog.withHeader(victim, Seal.SIGNATURE, ""));

        assertThat(log.verify().findings()).extracting(Finding::kind).contains(Kind.UNSIGNED);
    }

    @Test
    void aKeyThatIsNotTheServicesIsNamed(@TempDir Path keys) throws IOException {
        ServiceKey.of(keys, "sluice/applier", new SecureRandom());
        log.write(3);

        assertThat(log.verify(TrustedKeys.in(keys)).findings())
                .hasSize(3)
                .extracting(Finding::kind)
                .containsOnly(Kind.UNKNOWN_KEY);
    }

    @Test
    void aKeyIsReadAgainAndItsPublicHalfIsKnown(@TempDir Path keys) throws IOException {
        ServiceKey first = ServiceKey.of(keys, "sluice/applier", new SecureRandom());
        ServiceKey again = ServiceKey.of(keys, "sluice/applier", new SecureRandom());

        assertThat(again.publicText()).isEqualTo(first.publicText());
        assertThat(TrustedKeys.in(keys).knows("sluice/applier", first.publicText())).isTrue();
        assertThat(TrustedKeys.in(keys).knows("sluice/fetcher", first.publicText())).isFalse();
    }

    @Test
    void aRestartGoesOnAndWhatWasCutOffBeforeItIsNoticed() {
        log.write(40);
        log.restart();
        log.write(40);
        assertThat(log.verify().findings()).isEmpty();
        LoggedRecord lastOfRun =
                log.records().subList(0, 40).reversed().stream()
                        .filter(record -> record.partition() == 3)
                        .findFirst()
                        .orElseThrow();

        log.records().remove(lastOfRun);

        assertThat(log.verify().findings())
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.MISSING))
                .extracting(Finding::event)
                .contains(lastOfRun.event());
    }

    @Test
    void whatTheBrokerNeverTookIsNotMissing() {
        log.write(10);
        log.writeLost();
        log.write(30);

        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void aCentreWithTheRecordsOfAPlantThatWasSetUpTwiceIsInOrder() {
        SealedLog again = new SealedLog(OUTCOMES, "sluice/applier", key, "again");
        log.write(60);
        again.write(60);
        Map<Integer, Long> offsets = new HashMap<>();
        Verification centre = new Verification(TrustedKeys.none());
        Stream.concat(log.records().stream(), again.records().stream())
                .map(record ->
                        SealedLog.at(record, offsets.merge(record.partition(), 3L, Long::sum) - 3))
                .forEach(centre::record);

        assertThat(centre.report().findings()).isEmpty();
    }

    @Test
    void whatExpiredIsNotMissing() {
        log.write(40);
        log.expire(15);

        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void whatCompactionTookFromAStateTopicIsNotMissingButOrderAndContentAreHeld() {
        SealedLog state = new SealedLog(SOURCES, "sluice/fetcher", key);
        state.write(40);
        state.remove(3);
        state.remove(17);
        assertThat(state.verify().findings()).isEmpty();
        List<Integer> one =
                IntStream.range(0, state.records().size())
                        .filter(i -> state.records().get(i).partition() == 0)
                        .boxed()
                        .toList();

        LoggedRecord early = state.records().get(one.get(0));
        state.replace(one.get(0), state.records().get(one.get(2)));
        state.replace(one.get(2), early);

        assertThat(state.verify().findings())
                .isNotEmpty()
                .extracting(Finding::kind)
                .containsOnly(Kind.REORDERED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySingleHarmIsFoundAndNamesItsRecord(long seed) {
        Random random = new Random(seed);
        log.write(100);
        log.restart();
        log.write(100);
        List<LoggedRecord> before = new ArrayList<>(log.records());
        int victim = random.nextInt(150);

        switch (random.nextInt(3)) {
            case 0 -> log.remove(victim);
            case 1 ->
                    log.replace(
                            victim,
                            SealedLog.with(
                                    before.get(victim), new byte[] {(byte) random.nextInt()}));
            default -> {
                int partition = before.get(victim).partition();
                List<Integer> same =
                        new ArrayList<>(
                                IntStream.range(0, 200)
                                        .filter(i -> i != victim)
                                        .filter(i -> before.get(i).partition() == partition)
                                        .boxed()
                                        .toList());
                Collections.shuffle(same, random);
                log.replace(victim, before.get(same.getFirst()));
                log.replace(same.getFirst(), before.get(victim));
            }
        }

        assertThat(log.verify().findings())
                .as("seed " + seed)
                .extracting(Finding::event)
                .contains(before.get(victim).event());
    }
}
