package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.DeliveryId;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestraintTest {

    private final Restraint.Key key =
            new Restraint.Key(
                    new DeliveryId("c", "Kustomization", "ns", "app"),
                    ObjectId.parse("ns_web_apps_Deployment"),
                    "edited by hpa");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Restraint restraint =
            new Restraint(
                    new Clock() {
                        @Override
                        public ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return now;
                        }
                    });

    @Test
    void tellsTheSameStateOnlyOnceInAWhile() {
        restraint.note(key, "7");

        assertThat(restraint.holdBack(key, "7")).isEqualTo(Restraint.REPEAT);
        assertThat(restraint.holdBack(key, "8")).isZero();
        now = now.plus(Restraint.REPEAT);
        assertThat(restraint.holdBack(key, "7")).isZero();
    }

    @Test
    void slowsDownWhereSomeoneFightsAndSaysSo() {
        for (int i = 0; i < Restraint.FREE; i++) {
            assertThat(restraint.holdBack(key, "v" + i)).isZero();
            assertThat(Restraint.fighting(restraint.note(key, "v" + i))).isFalse();
        }

        assertThat(restraint.holdBack(key, "next")).isEqualTo(Duration.ofSeconds(2));
        assertThat(Restraint.fighting(restraint.note(key, "next"))).isTrue();
        assertThat(restraint.holdBack(key, "another")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void forgetsAFightThatIsOver() {
        for (int i = 0; i < Restraint.FREE + 5; i++) {
            restraint.note(key, "v" + i);
        }

        now = now.plus(Duration.ofMinutes(11));

        assertThat(restraint.note(key, "later")).isEqualTo(1);
        assertThat(restraint.holdBack(key, "next")).isZero();
    }

    @Test
    void doesNotTakeDifferentDeedsForAFight() {
        for (int i = 0; i < 100; i++) {
            Restraint.Key deed = new Restraint.Key(key.delivery(), key.object(), "deed " + i);
            assertThat(restraint.holdBack(deed, "v" + i)).isZero();
            assertThat(restraint.note(deed, "v" + i)).isEqualTo(1);
        }
    }
}
