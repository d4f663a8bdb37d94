package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairGateTest {

    @Test
    void aGroupThatHoldsAllItMayLeavesRoomForAnother() throws Exception {
        FairGate gate = new FairGate(2, 3);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        for (int i = 0; i < 10; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (FairGate.Permit _ = gate.enter("crowd")) {
                            inside.incrementAndGet();
                            two.countDown();
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }
        assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();

        try (FairGate.Permit _ = gate.enter("other")) {
            assertThat(inside).hasValue(2);
        }
        end.countDown();
    }
}
