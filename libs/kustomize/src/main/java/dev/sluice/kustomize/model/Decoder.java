package dev.sluice.kustomize.model;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildException.Place;
import dev.sluice.yaml.GoJson;
import dev.sluice.yaml.GoNumbers;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Scalar;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Tags;
import dev.sluice.yaml.YamlReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads trees by shapes. */
final class Decoder {

    private static final char NEXT_LINE = '\u0085';

    /** Which way of reading upstream takes for a file. */
    enum Mode {
        /** Unknown fields are errors, and numbers and booleans are no texts. */
        KUSTOMIZATION(true, false),
        /** Unknown fields are errors; numbers and booleans are taken for texts. */
        CONFIGURATION(true, true),
        /** Unknown fields are passed over; numbers and booleans are taken for texts. */
        LENIENT(false, true);

        private final boolean strict;
        private final boolean convertsToText;

        Mode(boolean strict, boolean convertsToText) {
            this.strict = strict;
            this.convertsToText = convertsToText;
        }
    }

    private final String file;
    private final Mode mode;
    private final List<String> path = new ArrayList<>();
    private final List<Shape.Struct> structs = new ArrayList<>();
    private final List<String> location = new ArrayList<>();

    /** How many of the structs around are embedded ones: nothing is converted in those. */
    private int embedded;

    /**
     * @param file the path in the tree, for messages
     */
    Decoder(String file, Mode mode) {
        this.file = file;
        this.mode = mode;
    }

    /** The fields of a mapping; none where the node is null. */
    Values decode(Node node, Shape.Struct shape) throws BuildException {
        Values values = (Values) value(node, shape);
        return values == null ? new Values(node.line()) : values;
    }

    private @Nullable Object value(Node written, Shape shape) throws BuildException {
        Node node = written.isAlias() ? written.target() : written;
        if (shape instanceof Shape.Any) {
            return node;
        }
        if (node.isNull()) {
            return null;
        }
        return switch (shape) {
            case Shape.Text text -> text(node, shape);
            case Shape.Bool bool -> bool(node, shape);
            case Shape.Int number -> integer(node, number);
            case Shape.TextMap map -> textMap(node, shape);
            case Shape.ListOf list -> list(node, list);
            case Shape.Struct struct -> struct(node, struct);
            case Shape.Any any -> node;
        };
    }

    private String text(Node node, Shape shape) throws BuildException {
        if (!node.isScalar()) {
            throw wrongType(node, shape);
        }
        return switch (node.tag()) {
            case Tags.BOOL, Tags.INT, Tags.FLOAT -> {
                if (!mode.convertsToText || embedded > 0) {
                    throw wrongType(node, shape);
                }
                yield converted(node);
            }
            default -> reread(node.value());
        };
    }

    /** A number or boolean as text; upstream takes floats for ones of single precision. */
    private static String converted(Node node) {
        return switch (ScalarResolver.CORE.resolve(node)) {
            case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
            case Scalar.Int(long number) -> Long.toString(number);
            case Scalar.Uint(long bits) -> Long.toUnsignedString(bits);
            case Scalar.Floating(double number) ->
                    GoNumbers.general(Double.parseDouble(Float.toString((float) number)));
            default -> node.value();
        };
    }

    /**
     * Upstream hands values on as JSON that is read as YAML 1.1, which takes one character of JSON
     * for a line's end.
     */
    private static String reread(String text) {
        return text.indexOf(NEXT_LINE) < 0
                ? text
                : YamlReader.KUSTOMIZATION.read(GoJson.quote(text, true)).value();
    }

    private Boolean bool(Node node, Shape shape) throws BuildException {
        if (!node.isScalar() || !node.tag().equals(Tags.BOOL)) {
            throw wrongType(node, shape);
        }
        return switch (node.value()) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> true;
            default -> false;
        };
    }

    private Long integer(Node node, Shape.Int shape) throws BuildException {
        if (!node.isScalar() || !(node.tag().equals(Tags.INT) || node.tag().equals(Tags.FLOAT))) {
            throw wrongType(node, shape);
        }
        try {
            return number(node.value()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrongType(node, shape, "number " + node.value());
        }
    }

    /**
     * The value of a number as YAML 1.1 writes it: decimal, with underscores, or with another base.
     */
    private static BigDecimal number(String written) {
        String text = written.replace("_", "");
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int base = base(digits);
        String bare =
                base == 10
                        ? digits
                        : digits.substring(base == 8 && !digits.startsWith("0o") ? 1 : 2);
        BigDecimal value =
                base == 10 ? new BigDecimal(bare) : new BigDecimal(new BigInteger(bare, base));
        return negative ? value.negate() : value;
    }

    private static int base(String digits) {
        if (digits.startsWith("0x")) {
            return 16;
        }
        if (digits.startsWith("0b")) {
            return 2;
        }
        boolean octal =
                digits.startsWith("0o")
                        || (digits.length() > 1
                                && digits.charAt(0) == '0'
                                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '7'));
        return octal ? 8 : 10;
    }

    private Map<String, String> textMap(Node node, Shape shape) throws BuildException {
        if (!node.isMapping()) {
            throw wrongType(node, shape);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : fields(node).entrySet()) {
            Object value = value(entry.getValue(), Shape.TEXT);
            texts.put(entry.getKey(), value == null ? "" : (String) value);
        }
        return texts;
    }

    private List<Object> list(Node node, Shape.ListOf shape) throws BuildException {
        if (!node.isSequence()) {
            throw wrongType(node, shape);
        }
        List<Object> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            location.add("[" + i + "]");
            Object item = value(node.item(i), shape.element());
            location.removeLast();
            items.add(item == null ? zero(node.item(i), shape.element()) : item);
        }
        return items;
    }

    private static Object zero(Node node, Shape shape) {
        return shape instanceof Shape.Struct ? new Values(node.line()) : "";
    }

    private Values struct(Node node, Shape.Struct shape) throws BuildException {
        if (!node.isMapping()) {
            throw wrongType(node, shape);
        }
        structs.add(shape);
        Values values = new Values(node.line());
        for (Map.Entry<String, Node> entry : fields(node).entrySet()) {
            String field = shape.fieldFor(entry.getKey());
            if (field == null) {
                if (mode.strict) {
                    throw new BuildException(
                            "json: unknown field \"" + entry.getKey() + "\"",
                            place(entry.getValue().line(), entry.getKey()),
                            null);
                }
                continue;
            }
            path.add(field);
            location.add("." + field);
            int inside = shape.isEmbedded(field) ? 1 : 0;
            embedded += inside;
            put(values, field, entry.getValue(), shape.shapeOf(field));
            embedded -= inside;
            location.removeLast();
            path.removeLast();
        }
        structs.removeLast();
        return values;
    }

    /** A field may be there twice, in two spellings: then what is no list is put together. */
    private void put(Values values, String field, Node written, Shape shape) throws BuildException {
        Object value = value(written, shape);
        if (value == null && shape instanceof Shape.ListOf) {
            values.remove(field);
        } else if (value instanceof Values inner && values.struct(field) != null) {
            values.put(field, Values.merged(Objects.requireNonNull(values.struct(field)), inner));
        } else if (value instanceof Map<?, ?> && shape instanceof Shape.TextMap) {
            Map<String, Object> both = new LinkedHashMap<>(values.textMap(field));
            ((Map<?, ?>) value).forEach((key, text) -> both.put((String) key, text));
            values.put(field, both);
        } else {
            values.put(field, value);
        }
    }

    /**
     * The pairs of a mapping in the order of their keys, with merge keys resolved: what a mapping
     * says itself wins, and of equal keys the last.
     */
    private static Map<String, Node> fields(Node mapping) {
        Map<String, Node> fields = new TreeMap<>();
        mapping.entries()
                .forEach(entry -> {
                    if (entry.key().tag().equals(Tags.MERGE)) {
                        merge(entry.value(), fields);
                    }
                });
        mapping.entries()
                .forEach(entry -> {
                    if (!entry.key().tag().equals(Tags.MERGE)) {
                        fields.put(keyText(entry.key()), entry.value());
                    }
                });
        return fields;
    }

    /** A key as JSON has it: what YAML 1.1 reads as a boolean or a number is written as one. */
    private static String keyText(Node key) {
        return switch (ScalarResolver.CORE.resolve(key)) {
            case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
            case Scalar.Int(long number) -> Long.toString(number);
            default -> key.value();
        };
    }

    private static void merge(Node source, Map<String, Node> fields) {
        Node node = source.isAlias() ? source.target() : source;
        if (node.isSequence()) {
            node.items().reversed().forEach(item -> merge(item, fields));
        } else if (node.isMapping()) {
            fields.putAll(fields(node));
        }
    }

    private BuildException wrongType(Node node, Shape shape) {
        return wrongType(node, shape, kindName(node));
    }

    private BuildException wrongType(Node node, Shape shape, String found) {
        String struct =
                structs.isEmpty() ? "value" : "struct field " + structs.getLast().simpleName();
        String field = path.isEmpty() ? "" : "." + String.join(".", path);
        return new BuildException(
                "json: cannot unmarshal "
                        + found
                        + " into Go "
                        + struct
                        + field
                        + " of type "
                        + shape.typeName(),
                place(node.line(), ""),
                null);
    }

    private Place place(int line, String field) {
        String where = String.join("", location) + (field.isEmpty() ? "" : "." + field);
        return new Place(file, line, where.startsWith(".") ? where.substring(1) : where);
    }

    private static String kindName(Node node) {
        if (node.isMapping()) {
            return "object";
        }
        if (node.isSequence()) {
            return "array";
        }
        return switch (node.tag()) {
            case Tags.BOOL -> "bool";
            case Tags.INT, Tags.FLOAT -> "number";
            default -> "string";
        };
    }
}
