package dev.sluice.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields a typed client leaves out when they are zero; the table tells where it is from. */
final class ZeroFields {

    private static final Map<String, Set<String>> BY_TYPE = read();

    private ZeroFields() {}

    /** True where a client that knows the type would not write this value. */
    static boolean omits(String type, String field, JsonNode value) {
        return zero(value) && BY_TYPE.getOrDefault(type, Set.of()).contains(field);
    }

    private static boolean zero(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            default -> false;
        };
    }

    private static Map<String, Set<String>> read() {
        try (InputStream in =
                        Objects.requireNonNull(
                                ZeroFields.class.getResourceAsStream("omitted-when-zero.txt"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Set<String>> table = new HashMap<>();
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words ->
                            table.put(
                                    words[0],
                                    Arrays.stream(words)
                                            .skip(1)
                                            .collect(Collectors.toUnmodifiableSet())));
            return Map.copyOf(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
