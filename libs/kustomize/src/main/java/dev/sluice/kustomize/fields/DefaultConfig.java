package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.kustomize.resource.Gvk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The configuration that every layer starts with, from two tables beside this class. */
public final class DefaultConfig {

    private static final TransformerConfig TABLES =
            TransformerConfig.of(sections("field-specs.txt"), references("name-references.txt"));

    private static final TransformerConfig INSTANCE = intoNothing();

    private DefaultConfig() {}

    /** The tables as they are. */
    public static TransformerConfig tables() {
        return TABLES;
    }

    /** What a layer without configurations of its own has: the tables merged into nothing. */
    public static TransformerConfig instance() {
        return INSTANCE;
    }

    private static TransformerConfig intoNothing() {
        try {
            return TransformerConfig.EMPTY.merge(TABLES);
        } catch (BuildException e) {
            throw new IllegalStateException("the tables agree with themselves", e);
        }
    }

    private static Map<Section, List<FieldSpec>> sections(String table) {
        Map<Section, List<FieldSpec>> sections = new EnumMap<>(Section.class);
        List<FieldSpec> current = new ArrayList<>();
        for (String line : lines(table)) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                sections.put(section(line.substring(1, line.length() - 1)), current);
                continue;
            }
            String[] words = line.split(" ");
            boolean create = words[1].equals("create");
            for (int i = 2; i < words.length; i++) {
                current.add(new FieldSpec(selector(words[i]), words[0], create));
            }
        }
        return sections;
    }

    private static Section section(String field) {
        return Arrays.stream(Section.values())
                .filter(section -> section.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private static List<NameReference> references(String table) {
        List<NameReference> references = new ArrayList<>();
        List<FieldSpec> current = new ArrayList<>();
        for (String line : lines(table)) {
            String[] words = line.split(" ");
            if (words[0].equals("=")) {
                current = new ArrayList<>();
                references.add(new NameReference(selector(words[1]), current));
                continue;
            }
            for (int i = 1; i < words.length; i++) {
                current.add(new FieldSpec(selector(words[i]), words[0], false));
            }
        }
        return references.stream()
                .map(reference ->
                        new NameReference(reference.target(), List.copyOf(reference.referrers())))
                .toList();
    }

    private static Gvk selector(String word) {
        if (word.equals("*")) {
            return Gvk.ANY;
        }
        String[] parts = word.split("/", 3);
        return new Gvk(
                parts.length > 2 ? parts[2] : "", parts.length > 1 ? parts[1] : "", parts[0]);
    }

    private static List<String> lines(String table) {
        try (InputStream stream =
                Objects.requireNonNull(
                        DefaultConfig.class.getResourceAsStream(table),
                        "the table is part of the library")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
