package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.NotificationId;
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
            journal.told(id(1));
            journal.told(id(2));
        }

        try (ToldJournal journal = ToldJournal.open(folder)) {
            assertThat(journal.read()).containsExactly(id(1), id(2));
        }
    }

    @Test
    void leavesOutWhatIsBrokenOff() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            journal.told(id(1));
            Files.writeString(
                    folder.resolve("told"),
                    "no line of ours\n\t\t\t\nmunich\tteam\ton-call\tannounce",
                    StandardOpenOption.APPEND);

            assertThat(journal.read()).containsExactly(id(1));
        }
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        try (ToldJournal journal = ToldJournal.open(folder)) {
            for (int i = 0; i < 30_000; i++) {
                journal.told(id(i));
            }

            assertThat(journal.read()).contains(id(29_999)).doesNotContain(id(0));
        }
        long size = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        assertThat(size).isLessThan(600_000);
    }
}
