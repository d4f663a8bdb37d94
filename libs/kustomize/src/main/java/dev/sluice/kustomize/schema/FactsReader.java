package dev.sluice.kustomize.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a file of facts from beside this class; the README there says how it is written. */
final class FactsReader {
    private final List<Map<String, String>> definitions = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<SchemaSet.TypeName, Integer> kinds = new HashMap<>();
    private final Map<SchemaSet.TypeName, Boolean> namespaced = new HashMap<>();

    private FactsReader() {}

    static SchemaSet read(String name) {
        FactsReader reader = new FactsReader();
        InputStream facts =
                Objects.requireNonNull(
                        FactsReader.class.getResourceAsStream(name),
                        "the facts are part of the library");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(facts, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SchemaSet(reader.definitions, reader.names, reader.kinds, reader.namespaced);
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ");
        if (words[0].equals("@")) {
            kind(words);
        } else {
            names.put(words[0], definitions.size());
            definitions.add(fields(words));
        }
    }

    private static Map<String, String> fields(String[] words) {
        Map<String, String> fields = HashMap.newHashMap(words.length);
        for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            fields.put(words[i].substring(0, colon), words[i].substring(colon + 1));
        }
        return fields;
    }

    private void kind(String[] words) {
        SchemaSet.TypeName name = new SchemaSet.TypeName(words[1], words[2]);
        if (!words[3].equals("-")) {
            kinds.put(name, Integer.parseInt(words[3]));
        }
        if (!words[4].equals("-")) {
            namespaced.put(name, words[4].equals("namespaced"));
        }
    }
}
