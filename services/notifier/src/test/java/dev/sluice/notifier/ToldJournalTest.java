package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.NotificationId;
import dev.sluice.notifier.ToldJournal.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldJournalTest {

    @TempDir private Path folder;

    private static NotificationId id(int number) {
        return new NotificationId("munich", "team", "on-call", "announcement-" + number);
    }

    @Test
    void tellsWhatWasToldBefore() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            journal.write(Mark.TAKEN, id(1), "chat");
            journal.write(Mark.TAKEN, id(2), "chat");
        }

        try (ToldJournal journal = ToldJournal.open(folder)) {
            assertThat(journal.read()).containsExactlyInAnyOrder(id(1), id(2));
        }
    }

    @Test
    void leavesOutWhatIsBrokenOff() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            journal.write(Mark.TAKEN, id(1), "chat");
            Files.writeString(
                    folder.resolve("told"),
                    "no line of ours\n\t\t\t\t\t\nEATEN\ta\tb\tc\td\te\nTAKEN\tmunich\tteam\ton-call\tannounce",
                    StandardOpenOption.APPEND);

            assertThat(journal.read()).containsExactly(id(1));
        }
    }

    @Test
    void aRequestOnItsWayCountsAsTakenWhereTheServiceTookTheOneBefore() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            journal.write(Mark.HANDED_OVER, id(1), "chat");
            journal.write(Mark.TAKEN, id(1), "chat");
            journal.write(Mark.HANDED_OVER, id(2), "chat");
            journal.write(Mark.HANDED_OVER, id(3), "another, of which nothing is known");
            journal.write(Mark.TAKEN, id(4), "broken");
            journal.write(Mark.HANDED_OVER, id(5), "broken");
            journal.write(Mark.NOT_TAKEN, id(5), "broken");
            journal.write(Mark.HANDED_OVER, id(6), "broken");

            assertThat(journal.read()).containsExactlyInAnyOrder(id(1), id(2), id(4));
        }
    }

    @Test
    void aRequestThatIsNotAnsweredSoonIsNotTaken() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            journal.write(Mark.TAKEN, id(1), "chat");
            journal.write(Mark.HANDED_OVER, id(2), "chat");
            journal.write(Mark.NOT_TAKEN, id(2), "chat");

            assertThat(journal.read()).containsExactly(id(1));
        }
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            for (int i = 0; i < 30_000; i++) {
                journal.write(Mark.TAKEN, id(i), "chat");
            }

            assertThat(journal.read()).contains(id(29_999)).doesNotContain(id(0));
        }
        long size = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        assertThat(size).isLessThan(1_100_000);
    }
}
