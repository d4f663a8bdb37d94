package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import dev.sluice.events.RecordRefused;
import dev.sluice.events.SourceRevision;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that the decryptor did not write, or not now, on a real API server. */
class RefusedRecordsClusterIT {

    @TempDir static Path directory;
    private static BenchCluster cluster;
    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        cluster = new BenchCluster(directory);
        bench = cluster.bench;
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void refusesABundleThatTheDecryptorDidNotSign() throws Exception {
        DeliveryId id = cluster.kustomization("forged", "app", "");
        DeliveryRevealed real = bench.signed(id, 1, BenchCluster.configMap("forged", "a", "one"));
        bench.put(
                forged(
                        real,
                        real.delivery(),
                        real.position(),
                        Samples.revision("main@sha1:forged")));

        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "forged", "a")).isEmpty();
        assertThat(bench.audit.events(RecordRefused.class))
                .filteredOn(refused -> refused.delivery().equals(id))
                .extracting(RecordRefused::why)
                .containsExactly("signature");
        assertThat(bench.refused("signature")).isGreaterThanOrEqualTo(1);
        await().untilAsserted(
                        () -> assertThat(bench.eventReasons("forged")).contains("RecordRefused"));
    }

    @Test
    void aForgedRecordDoesNotDisplaceTheGenuineOne() throws Exception {
        DeliveryId id = cluster.kustomization("displaced", "app", "");
        DeliveryRevealed real =
                bench.signed(id, 1, BenchCluster.configMap("displaced", "a", "one"));
        bench.put(real);
        bench.put(
                forged(
                        real,
                        real.delivery(),
                        new Position(real.position().uid(), real.position().generation(), 2, 0),
                        real.source()));

        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "displaced", "a")).isPresent();
        assertThat(cluster.applied(id).getLast().position()).isEqualTo(real.position());
    }

    @Test
    void refusesAnOlderRecordThatIsBroughtBack() throws Exception {
        DeliveryId id = cluster.kustomization("replayed", "app", "");
        DeliveryRevealed old = bench.reveal(id, 1, BenchCluster.configMap("replayed", "a", "one"));
        bench.reveal(id, 2, BenchCluster.configMap("replayed", "a", "two"));
        bench.run(id);

        bench.put(old);
        bench.run(id);

        assertThat(
                        bench.get("v1", "ConfigMap", "replayed", "a")
                                .orElseThrow()
                                .at("/data/key")
                                .asText())
                .isEqualTo("two");
        assertThat(bench.audit.events(RecordRefused.class))
                .anyMatch(
                        refused -> refused.delivery().equals(id) && refused.why().equals("replay"));
    }

    @Test
    void refusesTheRecordOfAnotherDelivery() throws Exception {
        DeliveryId id = cluster.kustomization("mine", "app", "");
        DeliveryId other = cluster.kustomization("theirs", "app", "");
        DeliveryRevealed real =
                bench.signed(other, 1, BenchCluster.configMap("theirs", "a", "one"));
        bench.put(
                forged(
                        real,
                        id,
                        new Position(
                                bench.objects.get(id).metadata().uid(),
                                bench.objects.get(id).metadata().generation(),
                                1,
                                0),
                        real.source()));

        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "theirs", "a")).isEmpty();
        assertThat(bench.audit.events(RecordRefused.class))
                .anyMatch(refused -> refused.delivery().equals(id));
    }

    @Test
    void opensWhatWasSealedBeforeItsIdentityWasChanged() throws Exception {
        DeliveryId id = cluster.kustomization("turned", "app", "");
        bench.reveal(id, 1, BenchCluster.configMap("turned", "a", "one"));
        String before = bench.recipient();

        bench.askForNewKeys();
        await().untilAsserted(() -> assertThat(bench.recipient()).isNotEqualTo(before));
        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "turned", "a")).isPresent();
    }

    @Test
    void refusesAMoveThatTheDecryptorDidNotSign() throws Exception {
        DeliveryId id = cluster.kustomization("frozen", "app", "");
        DeliveryRevealed real = bench.reveal(id, 1, BenchCluster.configMap("frozen", "a", "one"));
        bench.run(id);
        bench.put(
                forged(
                        real,
                        real.delivery(),
                        new Position(
                                real.position().uid(),
                                real.position().generation(),
                                Long.MAX_VALUE,
                                0),
                        real.source()));

        bench.run(id);

        assertThat(cluster.applied(id).getLast().position()).isEqualTo(real.position());
    }

    /** With the signature of another. */
    private static DeliveryRevealed forged(
            DeliveryRevealed real, DeliveryId delivery, Position position, SourceRevision source) {
        return new DeliveryRevealed(
                delivery,
                position,
                source,
                real.spec(),
                real.requestedAt(),
                real.bundle(),
                real.rendered(),
                real.content(),
                real.inputs(),
                real.buildDigest(),
                real.signature());
    }
}
