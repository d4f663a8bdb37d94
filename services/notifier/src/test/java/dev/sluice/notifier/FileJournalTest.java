package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.NotificationId;
import dev.sluice.notifier.Attempt.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    @TempDir private Path folder;

    private static NotificationId id(int number) {
        return new NotificationId("munich", "team", "on-call", "announcement-" + number);
    }

    private static void taken(FileJournal journal, int number) {
        journal.write(new Attempt(Mark.TAKEN, id(number), "chat"));
    }

    @Test
    void tellsWhatWasToldBefore() throws IOException {
        try (FileJournal journal = FileJournal.open(folder)) {
            taken(journal, 1);
            taken(journal, 2);
        }

        try (FileJournal journal = FileJournal.open(folder)) {
            assertThat(journal.read()).containsExactlyInAnyOrder(id(1), id(2));
        }
    }

    @Test
    void leavesOutWhatIsBrokenOff() throws IOException {
        try (FileJournal journal = FileJournal.open(folder)) {
            taken(journal, 1);
            Files.writeString(
                    folder.resolve("told"),
                    "no line of ours\nTAKEN\tmunich\tteam\ton-call\tannounce",
                    StandardOpenOption.APPEND);

            assertThat(journal.read()).containsExactly(id(1));
        }
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        try (FileJournal journal = FileJournal.open(folder)) {
            for (int i = 0; i < 30_000; i++) {
                taken(journal, i);
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
