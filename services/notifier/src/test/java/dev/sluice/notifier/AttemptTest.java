package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.NotificationId;
import dev.sluice.notifier.Attempt.Mark;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private final Attempt.Reading reading = new Attempt.Reading();

    private static NotificationId id(int number) {
        return new NotificationId("munich", "team", "on-call", "announcement-" + number);
    }

    private void take(Mark mark, int number, String provider) {
        reading.take(new Attempt(mark, id(number), provider));
    }

    @Test
    void isReadAsItWasWritten() {
        Attempt attempt = new Attempt(Mark.TAKEN, id(1), "chat");

        assertThat(Attempt.read(attempt.line())).contains(attempt);
    }

    @Test
    void leavesOutWhatIsNone() {
        assertThat(Attempt.read("no line of ours")).isEmpty();
        assertThat(Attempt.read("\t\t\t\t\t")).isEmpty();
        assertThat(Attempt.read("EATEN\ta\tb\tc\td\te")).isEmpty();
    }

    @Test
    void aRequestOnItsWayCountsAsTakenWhereTheServiceTookTheOneBefore() {
        take(Mark.HANDED_OVER, 1, "chat");
        take(Mark.TAKEN, 1, "chat");
        take(Mark.HANDED_OVER, 2, "chat");
        take(Mark.HANDED_OVER, 3, "another, of which nothing is known");
        take(Mark.TAKEN, 4, "broken");
        take(Mark.HANDED_OVER, 5, "broken");
        take(Mark.NOT_TAKEN, 5, "broken");
        take(Mark.HANDED_OVER, 6, "broken");

        assertThat(reading.taken()).containsExactlyInAnyOrder(id(1), id(2), id(4));
    }

    @Test
    void aRequestThatIsNotAnsweredSoonIsNotTaken() {
        take(Mark.TAKEN, 1, "chat");
        take(Mark.HANDED_OVER, 2, "chat");
        take(Mark.NOT_TAKEN, 2, "chat");

        assertThat(reading.taken()).containsExactly(id(1));
    }
}
