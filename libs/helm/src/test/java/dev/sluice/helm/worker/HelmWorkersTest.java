package dev.sluice.helm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.helm.worker.HelmRequest.Action;
import dev.sluice.helm.worker.HelmRequest.Chart;
import dev.sluice.helm.worker.HelmRequest.Origin;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmWorkersTest {

    private static final WorkerIdentity SOMEONE =
            new WorkerIdentity(
                    "https://cluster",
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of());

    @TempDir Path folder;
    private HelmWorkers workers;

    @BeforeEach
    void aProgram() throws IOException {
        Path program = folder.resolve("worker");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s\n"
                        .formatted(
                                java,
                                System.getProperty("java.class.path"),
                                FakeWorker.class.getName()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        workers =
                new HelmWorkers(
                        () -> program,
                        new HelmWorkers.Limits(
                                1 << 30,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30)),
                        Clock.systemUTC());
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void requestsOfOneIdentityShareAProcess() throws Exception {
        assertThat(process("one")).isEqualTo(process("two"));
    }

    @Test
    void aTemplateThatHangsEndsAtItsLimitAndTheOthersOfItsProcessGoOn() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        slow.complete(
                                workers.run(SOMEONE, request("slow"), new Slow(asked, released))
                                        .configDigest());
                    } catch (WorkerException | InterruptedException e) {
                        slow.completeExceptionally(e);
                    }
                });
        asked.get();

        assertThatThrownBy(() -> process("hangs"))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("while the chart was rendered");
        String after = process("three");
        released.countDown();

        assertThat(slow.get()).isNotEqualTo(after);
        ProcessHandle.of(Long.parseLong(slow.get()))
                .ifPresent(old -> old.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(process("four")).isEqualTo(after);
    }

    @Test
    void whoEndedAProcessAloneIsToBlameAndGetsOneOfItsOwn() throws Exception {
        assertThatThrownBy(() -> process("ends"))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("more memory");
        assertThatThrownBy(() -> process("ends")).isInstanceOf(WorkerException.class);
        String one = process("one");
        assertThatThrownBy(() -> process("ends")).isInstanceOf(WorkerException.class);
        assertThat(process("one")).isEqualTo(one);
    }

    /** The process that answered. */
    private String process(String release) throws Exception {
        String answered =
                workers.run(
                                SOMEONE,
                                request(release),
                                new Slow(new CompletableFuture<>(), new CountDownLatch(0)))
                        .configDigest();
        assertThat(answered).isNotNull();
        return answered;
    }

    private static HelmRequest request(String release) {
        return new HelmRequest(
                Action.install,
                release,
                "ns",
                "ns",
                new Origin("ns", release),
                new Chart("", null, null, null),
                null,
                JsonNodeFactory.instance.objectNode().put("timeoutSeconds", 10),
                Map.of(),
                0,
                List.of(),
                List.of());
    }

    /** Renders when it is told to. */
    private record Slow(CompletableFuture<Void> asked, CountDownLatch released)
            implements HelmQuestions {
        @Override
        public String postRender(String manifest) {
            asked.complete(null);
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return manifest;
        }

        @Override
        public void awaitReady(List<ObjectRef> objects, boolean jobs, Duration limit) {
            throw new IllegalStateException("nobody waits here");
        }
    }
}
