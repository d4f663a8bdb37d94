package dev.sluice.fuzz.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes samples with parts of others: what people write, in combinations that no one wrote. */
final class Mutations {

    private static final Pattern ENTRY = Pattern.compile("^(\\s*(?:- )*)([\\w./$-]+):(?: +(.*))?$");

    private static final Pattern TOP_LEVEL = Pattern.compile("^[A-Za-z]\\w*:.*", Pattern.DOTALL);

    private static final List<String> ODD =
            List.of(
                    "\"\"",
                    "''",
                    "null",
                    "~",
                    "true",
                    "\"true\"",
                    "yes",
                    "0",
                    "-1",
                    "007",
                    "0x1F",
                    "1.0",
                    "1e3",
                    "12:30:45",
                    "2001-01-01",
                    "a: b",
                    "'a: b'",
                    "[]",
                    "{}",
                    "[a, b]",
                    "{a: b}",
                    "- x",
                    "*",
                    "!x",
                    "&a b",
                    "*a",
                    "\"a\\nb\"",
                    "\"\\u00e9\"",
                    "é",
                    "😀",
                    "|\n",
                    "|-",
                    ">-",
                    "# c",
                    "x # c",
                    "a#b",
                    "@",
                    "`",
                    "%",
                    "default",
                    "app",
                    "nginx",
                    "nginx:1.2",
                    "Deployment",
                    "ConfigMap",
                    "v1",
                    "apps/v1",
                    "a/b/c",
                    "a.b.c",
                    "metadata.name",
                    "/metadata/name",
                    ".*",
                    "^a$",
                    "a|b",
                    "[",
                    "$(VAR)",
                    "$patch",
                    "delete",
                    "merge",
                    "replace",
                    "create");

    private final List<Sample> corpus;
    private final Map<String, List<String>> valuesByKey = new TreeMap<>();
    private final List<String> keys;
    private final List<Sample.File> resources;

    Mutations(List<Sample> corpus) {
        this.corpus = List.copyOf(corpus);
        List<Sample.File> found = new ArrayList<>();
        for (Sample sample : corpus) {
            sample.files()
                    .forEach((path, text) -> {
                        text.lines()
                                .forEach(line -> {
                                    Matcher entry = ENTRY.matcher(line);
                                    if (entry.matches() && entry.group(3) != null) {
                                        valuesByKey
                                                .computeIfAbsent(
                                                        entry.group(2), key -> new ArrayList<>())
                                                .add(entry.group(3));
                                    }
                                });
                        if (!Sample.isKustomization(path)
                                && path.endsWith(".yaml")
                                && text.contains("kind:")) {
                            found.add(new Sample.File(path, text));
                        }
                    });
        }
        keys = List.copyOf(valuesByKey.keySet());
        resources = List.copyOf(found);
    }

    Sample next(RandomGenerator random) {
        Sample sample = pick(random, corpus);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            sample = change(sample, random);
        }
        return sample;
    }

    private Sample change(Sample sample, RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> withBlock(sample, pick(random, corpus), random);
            case 3 -> overlay(sample, random);
            case 4 -> withResource(sample, random);
            case 5 -> withoutBlock(sample, random);
            case 6, 7, 8 -> withValue(sample, random);
            case 9 -> withKey(sample, random);
            case 10 -> withLine(sample, random);
            default -> withShift(sample, random);
        };
    }

    /** A field of another kustomization, and the files beside it. */
    private static Sample withBlock(Sample sample, Sample donor, RandomGenerator random) {
        List<String> targets = sample.kustomizations();
        List<String> donors = donor.kustomizations();
        if (targets.isEmpty() || donors.isEmpty()) {
            return sample;
        }
        String from = pick(random, donors);
        List<String> blocks = blocks(donor.files().get(from));
        if (blocks.isEmpty()) {
            return sample;
        }
        String to = random.nextBoolean() ? sample.targetFile() : pick(random, targets);
        if (!sample.files().containsKey(to)) {
            return sample;
        }
        String block = pick(random, blocks);
        String name = block.substring(0, block.indexOf(':') + 1);
        String text = sample.files().get(to);
        List<String> kept = new ArrayList<>();
        boolean joined = false;
        boolean join = random.nextInt(3) == 0;
        for (String old : blocks(text)) {
            if (!old.startsWith(name)) {
                kept.add(old);
            } else if (join && block.contains("\n")) {
                kept.add(ended(old) + block.substring(block.indexOf('\n') + 1));
                joined = true;
            }
        }
        if (!joined) {
            kept.add(block);
        }
        StringBuilder whole = new StringBuilder();
        kept.forEach(part -> whole.append(ended(part)));
        return withFilesOf(
                sample.with(to, whole.toString()),
                donor,
                Sample.directory(from),
                Sample.directory(to));
    }

    private static Sample withFilesOf(Sample sample, Sample donor, String from, String to) {
        TreeMap<String, String> files = new TreeMap<>(sample.files());
        String prefix = from.isEmpty() ? "" : from + "/";
        donor.files()
                .forEach((path, text) -> {
                    if (path.startsWith(prefix)) {
                        String moved = Sample.join(to, path.substring(prefix.length()));
                        if (files.keySet().stream()
                                .noneMatch(other ->
                                        other.startsWith(moved + "/")
                                                || moved.startsWith(other + "/"))) {
                            files.putIfAbsent(moved, text);
                        }
                    }
                });
        return new Sample(files, sample.target(), sample.flags());
    }

    private Sample overlay(Sample sample, RandomGenerator random) {
        String name = "over" + random.nextInt(100);
        String base = sample.target().isEmpty() ? "" : sample.target();
        if (base.isEmpty()) {
            // The base moves down, so that the overlay lies beside it.
            TreeMap<String, String> moved = new TreeMap<>();
            sample.files().forEach((path, text) -> moved.put("base/" + path, text));
            return overlay(new Sample(moved, "base", sample.flags()), random);
        }
        Sample result =
                sample.with(name + "/kustomization.yaml", "resources:\n- ../" + base + "\n")
                        .withTarget(name);
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            Sample donor = pick(random, corpus);
            List<String> donors = donor.kustomizations();
            if (donors.isEmpty()) {
                continue;
            }
            String from = pick(random, donors);
            List<String> blocks = blocks(donor.files().get(from));
            if (!blocks.isEmpty()) {
                String file = result.targetFile();
                result =
                        withFilesOf(
                                result.with(
                                        file,
                                        result.files().get(file) + ended(pick(random, blocks))),
                                donor,
                                Sample.directory(from),
                                name);
            }
        }
        return result;
    }

    private Sample withResource(Sample sample, RandomGenerator random) {
        if (resources.isEmpty()) {
            return sample;
        }
        List<String> files =
                sample.files().keySet().stream()
                        .filter(path -> !Sample.isKustomization(path))
                        .toList();
        String text = pick(random, resources).text();
        if (files.isEmpty() || random.nextBoolean()) {
            String file = sample.targetFile();
            String name = "res" + random.nextInt(100) + ".yaml";
            String old = sample.files().getOrDefault(file, "");
            String changed =
                    old.contains("resources:\n")
                            ? old.replaceFirst(
                                    "resources:\n(\\s*)",
                                    Matcher.quoteReplacement("resources:\n")
                                            + "$1- "
                                            + name
                                            + "\n$1")
                            : ended(old) + "resources:\n- " + name + "\n";
            return sample.with(file, changed).with(Sample.join(sample.target(), name), text);
        }
        String path = pick(random, files);
        return random.nextBoolean()
                ? sample.with(path, text)
                : sample.with(path, ended(sample.files().get(path)) + "---\n" + text);
    }

    private static Sample withoutBlock(Sample sample, RandomGenerator random) {
        List<String> targets = sample.kustomizations();
        if (targets.isEmpty()) {
            return sample;
        }
        String path = pick(random, targets);
        List<String> blocks = new ArrayList<>(blocks(sample.files().get(path)));
        if (blocks.isEmpty()) {
            return sample;
        }
        blocks.remove(random.nextInt(blocks.size()));
        return sample.with(path, String.join("", blocks));
    }

    private Sample withValue(Sample sample, RandomGenerator random) {
        return editLine(
                sample,
                random,
                (line, entry) -> {
                    List<String> values = valuesByKey.getOrDefault(entry.group(2), ODD);
                    String value =
                            random.nextInt(3) == 0 ? pick(random, ODD) : pick(random, values);
                    return entry.group(1) + entry.group(2) + ": " + value;
                });
    }

    private Sample withKey(Sample sample, RandomGenerator random) {
        return editLine(
                sample,
                random,
                (line, entry) ->
                        entry.group(1)
                                + pick(random, keys)
                                + ":"
                                + (entry.group(3) == null ? "" : " " + entry.group(3)));
    }

    private interface Edit {
        String of(String line, Matcher entry);
    }

    private static Sample editLine(Sample sample, RandomGenerator random, Edit edit) {
        if (sample.files().isEmpty()) {
            return sample;
        }
        String path = pick(random, List.copyOf(sample.files().keySet()));
        List<String> lines =
                new ArrayList<>(Arrays.asList(sample.files().get(path).split("\n", -1)));
        for (int attempt = 0; attempt < 5; attempt++) {
            int at = random.nextInt(lines.size());
            Matcher entry = ENTRY.matcher(lines.get(at));
            if (entry.matches()) {
                lines.set(at, edit.of(lines.get(at), entry));
                return sample.with(path, String.join("\n", lines));
            }
        }
        return sample;
    }

    /** A line goes, comes twice, or moves. */
    private static Sample withLine(Sample sample, RandomGenerator random) {
        if (sample.files().isEmpty()) {
            return sample;
        }
        String path = pick(random, List.copyOf(sample.files().keySet()));
        List<String> lines =
                new ArrayList<>(Arrays.asList(sample.files().get(path).split("\n", -1)));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            default -> Collections.swap(lines, at, random.nextInt(lines.size()));
        }
        return sample.with(path, String.join("\n", lines));
    }

    /** Some lines go in or out by two columns. */
    private static Sample withShift(Sample sample, RandomGenerator random) {
        if (sample.files().isEmpty()) {
            return sample;
        }
        String path = pick(random, List.copyOf(sample.files().keySet()));
        List<String> lines =
                new ArrayList<>(Arrays.asList(sample.files().get(path).split("\n", -1)));
        int at = random.nextInt(lines.size());
        int end = Math.min(lines.size(), at + 1 + random.nextInt(4));
        boolean in = random.nextBoolean();
        for (int i = at; i < end; i++) {
            String line = lines.get(i);
            lines.set(i, in ? "  " + line : line.startsWith("  ") ? line.substring(2) : line);
        }
        return sample.with(path, String.join("\n", lines));
    }

    /** A file's top-level fields, each with the lines that belong to it. */
    static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        for (String line : text.split("(?<=\n)")) {
            if (TOP_LEVEL.matcher(line).matches()) {
                blocks.add(line);
            } else if (!blocks.isEmpty() && !line.startsWith("---")) {
                blocks.set(blocks.size() - 1, blocks.getLast() + line);
            }
        }
        return blocks;
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private static <T> T pick(RandomGenerator random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
