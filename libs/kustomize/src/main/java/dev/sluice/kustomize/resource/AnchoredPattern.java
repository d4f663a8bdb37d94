package dev.sluice.kustomize.resource;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.patterns.BoundedPattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for a whole value, in Go's syntax. Linear in time whatever the expression.
 */
final class AnchoredPattern {

    private final String expression;
    private final @Nullable Pattern pattern;

    /**
     * @throws BuildException where it is no regular expression
     */
    AnchoredPattern(String expression) throws BuildException {
        this.expression = expression;
        this.pattern = isLiteral(expression) ? null : compile(expression);
    }

    boolean matches(String value) {
        if (expression.isEmpty()) {
            return true;
        }
        return pattern == null ? expression.equals(value) : pattern.matcher(value).find();
    }

    private static boolean isLiteral(String expression) {
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            boolean plain = character < 128 && Character.isLetterOrDigit(character);
            if (!plain && character != '-' && character != '_' && character != '/') {
                return false;
            }
        }
        return true;
    }

    private static Pattern compile(String expression) throws BuildException {
        try {
            return BoundedPattern.compile("^(?:" + expression + ")$");
        } catch (PatternSyntaxException e) {
            throw new BuildException("error parsing regexp: " + e.getMessage(), e);
        }
    }
}
