package dev.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.audit.Finding.Kind;
import dev.sluice.audit.log.BrokerLog;
import dev.sluice.audit.log.LogDirectory;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of a real broker, tampered with in all the ways that a hex editor allows. The broker is
 * stopped before they are read.
 */
class LogFilesTest {

    private static final String OUTCOMES = "sluice.outcomes";
    private static final int PARTITION = 1;

    @TempDir private static Path written;

    private static List<LoggedRecord> told;

    @TempDir private Path copy;

    private SegmentFile segment;

    @BeforeAll
    static void write() throws Exception {
        told = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(written.resolve("kafka"), 0)) {
            BrokerWriter.createTopics(broker.address());
            BrokerWriter.write(broker.address(), 240);
            new BrokerLog(broker.address()).read(List.of(Topic.OUTCOMES), told::add);
        }
        assertThat(told).hasSize(240);
    }

    @AfterAll
    static void forget() {
        told = List.of();
    }

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(written)) {
            for (Path file : files.filter(LogFilesTest::matters).toList()) {
                Path target = copy.resolve(written.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        segment = SegmentFile.first(partition(PARTITION));
    }

    @Test
    void whatNobodyTouchedIsAsTheBrokerToldIt() throws Exception {
        List<LoggedRecord> inFiles = new ArrayList<>();
        log().read(List.of(Topic.OUTCOMES), inFiles::add);

        assertThat(inFiles.stream().map(LogFilesTest::whole))
                .containsExactlyInAnyOrderElementsOf(
                        told.stream().map(LogFilesTest::whole).toList());
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangedBodyIsNamedWithOrWithoutAnHonestChecksum(boolean honest) throws Exception {
        LoggedRecord victim = record(20);
        segment.replace(20, bytes -> SegmentFile.flip(bytes, "\"n\":"), honest).write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::place, Finding::key, Finding::event)
                .containsExactly(tuple(Kind.CHANGED, victim.place(), victim.key(), victim.event()));
    }

    @Test
    void aChecksumThatDoesNotFitIsNamedThoughTheRecordIsGenuine() throws Exception {
        segment.replace(20, bytes -> bytes, false).write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::place)
                .containsExactly(tuple(Kind.CHANGED, record(20).place()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 40})
    void aRemovedRecordIsNamed(int index) throws Exception {
        LoggedRecord victim = record(index);
        segment.remove(index).write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::place, Finding::key, Finding::event)
                .containsExactly(tuple(Kind.MISSING, victim.place(), victim.key(), victim.event()));
    }

    @Test
    void aRemovedRecordIsNamedWhereTheOthersWereMovedUp() throws Exception {
        LoggedRecord victim = record(20);
        segment.remove(20).renumber().write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::event)
                .containsExactly(tuple(Kind.MISSING, victim.event()));
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 22, 50})
    void twoSwappedRecordsAreBothNamed(int other) throws Exception {
        segment.swap(20, other).renumber().write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::event)
                .containsExactlyInAnyOrder(
                        tuple(Kind.REORDERED, record(20).event()),
                        tuple(Kind.REORDERED, record(other).event()));
    }

    @Test
    void neighboursOfTwoServicesThatWereSwappedAreBothNamed() throws Exception {
        int index = 20;
        while (record(index).producer().equals(record(index + 1).producer())) {
            index++;
        }
        segment.swap(index, index + 1).renumber().write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::event)
                .containsExactlyInAnyOrder(
                        tuple(Kind.REORDERED, record(index).event()),
                        tuple(Kind.REORDERED, record(index + 1).event()));
    }

    @Test
    void swappedBatchesAreNamedWhereTheirOffsetsWentWithThem() throws Exception {
        segment.swap(20, 50).write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::event)
                .containsExactlyInAnyOrder(
                        tuple(Kind.REORDERED, record(20).event()),
                        tuple(Kind.REORDERED, record(50).event()));
    }

    @Test
    void aChangedLengthCostsOneBatchAndNotTheRestOfTheFile() throws Exception {
        LoggedRecord victim = record(20);
        segment.replace(20, bytes -> SegmentFile.withLength(bytes, 1 << 30), false).write();

        assertThat(findings())
                .extracting(Finding::kind, Finding::place)
                .containsExactly(tuple(Kind.CHANGED, victim.place()));
    }

    @Test
    void lastRecordsThatWereCutOffAreNamed() throws Exception {
        int size = records().size();
        segment.keep(size - 3).write();

        assertThat(findings())
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.MISSING);
                    assertThat(finding.place()).isEqualTo(record(size - 3).place());
                });
    }

    @Test
    void aBatchThatWasCutInTheMiddleIsNamed() throws Exception {
        int size = records().size();
        byte[] bytes = Files.readAllBytes(segment.file());
        Files.write(segment.file(), Arrays.copyOf(bytes, bytes.length - 10));

        assertThat(findings()).extracting(Finding::place).contains(record(size - 1).place());
    }

    @Test
    void anEmptiedPartitionAndARemovedOneAreNamed() throws Exception {
        Files.write(segment.file(), new byte[0]);
        Files.delete(SegmentFile.first(partition(2)).file());
        Files.deleteIfExists(partition(2).resolve("leader-epoch-checkpoint"));
        Files.delete(partition(2));

        assertThat(findings())
                .extracting(Finding::kind, Finding::topic, Finding::partition)
                .contains(tuple(Kind.MISSING, OUTCOMES, 1), tuple(Kind.MISSING, OUTCOMES, 2));
    }

    @Test
    void noiseAmongTheFilesIsPassedOver() throws Exception {
        Files.createDirectories(copy.resolve("kafka/sluice.outcomes-0.5f-delete"));
        Files.writeString(partition(0).resolve("backup.log"), "mine");
        Files.writeString(copy.resolve("kafka/sluice.outcomes-7"), "no folder");

        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noFlippedByteGoesUnnoticedOrStopsTheReader(long seed) throws Exception {
        byte[] bytes = Files.readAllBytes(segment.file());
        Random random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            int place = random.nextInt(bytes.length);
            byte[] harmed = bytes.clone();
            harmed[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment.file(), harmed);
            // The epoch of the leader is not part of a checksum, and tells nobody anything.
            boolean told = !findings().isEmpty();
            assertThat(told || isLeaderEpoch(bytes, place))
                    .as("seed %d, byte %d".formatted(seed, place))
                    .isTrue();
        }
    }

    /** Segments and the broker's notes; indexes are large and not read. */
    private static boolean matters(Path file) {
        String name = file.toString();
        return (name.contains("sluice.outcomes-") && name.endsWith(".log"))
                || name.endsWith("-checkpoint");
    }

    private static boolean isLeaderEpoch(byte[] bytes, int place) {
        int batch = 0;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (batch + 12 + buffer.getInt(batch + 8) <= place) {
            batch += 12 + buffer.getInt(batch + 8);
        }
        return place - batch >= 12 && place - batch < 16;
    }

    private static String whole(LoggedRecord record) {
        return "%s %s %s"
                .formatted(
                        record.place(),
                        record.at(),
                        HexFormat.of().formatHex(RecordDigest.of(record)));
    }

    private static List<LoggedRecord> records() {
        return told.stream()
                .filter(record -> record.partition() == PARTITION)
                .sorted(Comparator.comparingLong(LoggedRecord::offset))
                .toList();
    }

    private static LoggedRecord record(int index) {
        return records().get(index);
    }

    private Path partition(int number) {
        return copy.resolve("kafka").resolve(OUTCOMES + '-' + number);
    }

    private RecordLog log() throws IOException {
        return LogDirectory.in(copy);
    }

    private List<Finding> findings() throws IOException {
        Verification verification = new Verification(TrustedKeys.none());
        log().read(List.of(Topic.values()), verification);
        return verification.report().findings();
    }
}
