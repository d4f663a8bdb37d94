package dev.sluice.kubernetes.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A value in CEL, computed from named objects. Immutable and safe for use by many threads. */
public final class Formula {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CelRuntime.Program program;

    private Formula(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * A formula over named objects.
     *
     * @throws InvalidExpressionException where the text cannot be parsed or names others
     */
    public static Formula over(Set<String> variables, String text)
            throws InvalidExpressionException {
        CelBuilder builder = Condition.builder();
        variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
        Cel cel = builder.build();
        try {
            return new Formula(cel.createProgram(cel.compile(text).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpressionException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Computes the value.
     *
     * @param variables their values, as JSON
     * @throws EvaluationException where the values give none, or one that JSON does not have
     */
    public JsonNode value(Map<String, JsonNode> variables) throws EvaluationException {
        Map<String, Object> values = new HashMap<>();
        variables.forEach((name, value) -> values.put(name, CelValues.of(value)));
        try {
            Object value = program.trace(values, new EvaluationBudget());
            return value instanceof NullValue ? JSON.nullNode() : JSON.<JsonNode>valueToTree(value);
        } catch (CelEvaluationException
                | EvaluationBudget.SpentException
                | IllegalArgumentException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), e);
        }
    }
}
