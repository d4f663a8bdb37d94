package dev.sluice.sops.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON: one document, its first value; numbers are integers if they are written so and fit 64 bits,
 * else floating point. Comments are dropped on writing.
 */
public final class JsonFormat implements DocumentFormat {
    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MAX_NUMBER_LENGTH = 400;

    private final JsonFactory factory;

    public JsonFormat(int maxDepth, int maxBytes) {
        factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(maxDepth)
                                        .maxStringLength(maxBytes)
                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                        .build())
                        .build();
    }

    @Override
    public List<Branch> read(byte[] content) throws MalformedDocumentException {
        try (JsonParser parser = factory.createParser(content)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedDocumentException(
                        "the JSON file must hold an object at the top");
            }
            return List.of(branch(parser));
        } catch (StreamConstraintsException e) {
            throw new MalformedDocumentException(
                    "the JSON file is nested too deep, or holds too long a value", true);
        } catch (IOException e) {
            throw new MalformedDocumentException("not JSON");
        }
    }

    private static Branch branch(JsonParser parser) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            members.add(new Entry(key, value(parser)));
        }
        return new Branch(members);
    }

    private static Value value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> branch(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> Text.of(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> new Real(parser.getDoubleValue());
            case VALUE_TRUE -> new Flag(true);
            case VALUE_FALSE -> new Flag(false);
            default -> Nothing.VALUE;
        };
    }

    private static Value items(JsonParser parser) throws IOException {
        List<Value> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new Items(values);
    }

    private static Value integer(BigInteger number) {
        return number.compareTo(LOWEST) >= 0 && number.compareTo(HIGHEST) <= 0
                ? new Whole(number.longValue())
                : new Real(number.doubleValue());
    }

    @Override
    public byte[] write(List<Branch> documents) throws MalformedDocumentException {
        StringBuilder json = new StringBuilder();
        write(documents.isEmpty() ? Branch.EMPTY : documents.getFirst(), 0, json);
        return json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Value value, int depth, StringBuilder json)
            throws MalformedDocumentException {
        switch (value) {
            case Branch branch -> {
                List<Entry> entries = branch.entries();
                open('{', entries.isEmpty(), json);
                for (int i = 0; i < entries.size(); i++) {
                    separate(i, depth + 1, json);
                    quote(entries.get(i).key(), json);
                    json.append(": ");
                    write(entries.get(i).value(), depth + 1, json);
                }
                close('}', entries.isEmpty(), depth, json);
            }
            case Items items -> {
                List<Value> values =
                        items.values().stream().filter(item -> !(item instanceof Comment)).toList();
                open('[', values.isEmpty(), json);
                for (int i = 0; i < values.size(); i++) {
                    separate(i, depth + 1, json);
                    write(values.get(i), depth + 1, json);
                }
                close(']', values.isEmpty(), depth, json);
            }
            case Text text -> quote(text.string(), json);
            case Whole whole -> json.append(whole.value());
            case Real real -> json.append(number(real.value()));
            case Flag flag -> json.append(flag.value());
            case Moment moment -> quote(moment.rfc3339(), json);
            case Nothing nothing -> json.append("null");
            case Comment comment ->
                    throw new IllegalStateException("comments are filtered out above");
        }
    }

    private static String number(double value) throws MalformedDocumentException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new MalformedDocumentException(
                    "a number that JSON does not have: infinite, or not a number");
        }
        return Scalars.shortest(value, -6, 21, 'e').replaceFirst("e-0(\\d)$", "e-$1");
    }

    private static void open(char bracket, boolean empty, StringBuilder json) {
        json.append(bracket);
        if (!empty) {
            json.append('\n');
        }
    }

    private static void separate(int index, int depth, StringBuilder json) {
        if (index > 0) {
            json.append(",\n");
        }
        json.repeat('\t', depth);
    }

    private static void close(char bracket, boolean empty, int depth, StringBuilder json) {
        if (!empty) {
            json.append('\n').repeat('\t', depth);
        }
        json.append(bracket);
    }

    /** Escapes as Go does: also what HTML and JavaScript would trip over. */
    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' ->
                        json.append(String.format("\\u%04x", (int) c));
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
