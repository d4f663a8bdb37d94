package dev.sluice.kubernetes.cel;

import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.sluice.patterns.BoundedPattern;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The functions on texts that are told their bounds before they begin: those whose result may be
 * longer than all that they are given, and matching.
 */
final class BoundedTexts {

    private BoundedTexts() {}

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from(
                        "matches", String.class, String.class, BoundedTexts::matches),
                CelFunctionBinding.from(
                        "matches_string", String.class, String.class, BoundedTexts::matches),
                CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
                CelFunctionBinding.from(
                        "list_join_string", List.class, String.class, BoundedTexts::join),
                CelFunctionBinding.from(
                        "string_replace_string_string",
                        List.of(String.class, String.class, String.class),
                        given -> replace(given, Long.MAX_VALUE)),
                CelFunctionBinding.from(
                        "string_replace_string_string_int",
                        List.of(String.class, String.class, String.class, Long.class),
                        given -> replace(given, (Long) given[3])));
    }

    private static boolean matches(String text, String expression) throws CelEvaluationException {
        try {
            return BoundedPattern.compile(expression).matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw CelEvaluationExceptionBuilder.newBuilder("%s", e.getMessage()).build();
        }
    }

    private static String join(List<?> parts, String separator) throws CelEvaluationException {
        long length = (long) separator.length() * parts.size();
        for (Object part : parts) {
            length += ((String) part).length();
        }
        EvaluationBudget.allow(length);
        return parts.stream().map(String.class::cast).collect(Collectors.joining(separator));
    }

    private static String replace(Object[] given, long most) throws CelEvaluationException {
        String text = (String) given[0];
        String wanted = (String) given[1];
        String replacement = (String) given[2];
        long left = most < 0 ? Long.MAX_VALUE : most;
        StringBuilder replaced = new StringBuilder();
        int from = 0;
        int found = text.indexOf(wanted);
        while (found >= 0 && left-- > 0) {
            EvaluationBudget.allow(replaced.length() + (long) replacement.length());
            replaced.append(text, from, found).append(replacement);
            from = found + wanted.length();
            found = next(text, wanted, found);
        }
        return replaced.append(text, from, text.length()).toString();
    }

    /** The empty text is before each character and at the end. */
    private static int next(String text, String wanted, int found) {
        if (!wanted.isEmpty()) {
            return text.indexOf(wanted, found + wanted.length());
        }
        return found < text.length() ? text.offsetByCodePoints(found, 1) : -1;
    }
}
