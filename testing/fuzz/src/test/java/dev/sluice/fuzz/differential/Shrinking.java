package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a sample that shows a difference as small as it can. */
final class Shrinking {

    /** Whether a smaller sample still shows it. */
    interface Check {
        boolean shows(Sample sample) throws IOException;
    }

    private final Check check;
    private int checks;

    /**
     * @param checks how often may be looked
     */
    Shrinking(Check check, int checks) {
        this.check = check;
        this.checks = checks;
    }

    Sample shrink(Sample sample) throws IOException {
        Sample smaller = sample;
        for (String path : List.copyOf(sample.files().keySet())) {
            smaller = better(smaller, smaller.without(path));
        }
        boolean changed = true;
        while (changed && checks > 0) {
            Sample before = smaller;
            for (String path : List.copyOf(smaller.files().keySet())) {
                smaller = lines(smaller, path);
            }
            changed = !before.equals(smaller);
        }
        return smaller;
    }

    private Sample lines(Sample sample, String path) throws IOException {
        Sample smaller = sample;
        List<String> lines = split(smaller.files().get(path));
        for (int size = Math.max(1, lines.size() / 2); size >= 1; size /= 2) {
            for (int at = 0; at < lines.size(); ) {
                List<String> fewer = new ArrayList<>(lines.subList(0, at));
                fewer.addAll(lines.subList(Math.min(lines.size(), at + size), lines.size()));
                Sample tried = better(smaller, smaller.with(path, String.join("", fewer)));
                if (tried.equals(smaller)) {
                    at += size;
                } else {
                    smaller = tried;
                    lines = fewer;
                }
            }
        }
        return smaller;
    }

    private static List<String> split(String text) {
        return new ArrayList<>(Arrays.asList(text.split("(?<=\n)")));
    }

    private Sample better(Sample sample, Sample smaller) throws IOException {
        if (checks <= 0 || smaller.equals(sample)) {
            return sample;
        }
        checks--;
        return check.shows(smaller) ? smaller : sample;
    }
}
