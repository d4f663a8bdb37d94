package dev.sluice.manifests;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text with variable expressions in it, read into its parts by {@link VariableReader}. */
record VariableTemplate(List<Part> parts) {

    /** A filled-in text may not be longer than this, in characters. */
    private static final int LONGEST = 64 << 20;

    sealed interface Part {
        record Text(String text) implements Part {}

        /**
         * @param operator as it is written, for example {@code :=} or {@code ##}; empty for a plain
         *     variable, {@code length} for {@code ${#name}}
         */
        record Expression(String name, String operator, List<Part> arguments) implements Part {}
    }

    /** Operators that bring a value of their own where the variable has none. */
    private static final List<String> DEFAULTS = List.of("=", ":=", ":-", ":?", ":+");

    String fill(Map<String, String> variables, boolean strict) throws SubstitutionException {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(fill(part, variables, strict));
            if (filled.length() > LONGEST) {
                throw new SubstitutionException("variables make the text longer than 64 MiB");
            }
        }
        return filled.toString();
    }

    private static String fill(Part part, Map<String, String> variables, boolean strict)
            throws SubstitutionException {
        return switch (part) {
            case Part.Text(String text) -> text;
            case Part.Expression(String name, String operator, List<Part> parts) -> {
                String[] arguments = new String[parts.size()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = fill(parts.get(i), variables, strict);
                }
                @Nullable String value = variables.get(name);
                if (value == null && strict && !DEFAULTS.contains(operator)) {
                    throw new SubstitutionException(
                            "variable not set (strict mode): \"" + name + '"');
                }
                yield VariableOperators.apply(
                        operator, name, value == null ? "" : value, arguments);
            }
        };
    }
}
