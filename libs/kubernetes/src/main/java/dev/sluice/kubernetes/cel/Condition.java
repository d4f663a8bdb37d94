package dev.sluice.kubernetes.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A yes-or-no question in CEL. Fields of objects are dynamic: whether they exist shows when it is
 * asked. Immutable and safe for use by many threads.
 */
public final class Condition {

    private static final int LONGEST = 16 * 1024;
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(64)
                    .comprehensionMaxIterations(100_000)
                    .build();

    /** All functions on texts but those of {@link BoundedTexts}. */
    private static final Set<CelStringExtensions.Function> OWN_TEXTS =
            EnumSet.complementOf(
                    EnumSet.of(
                            CelStringExtensions.Function.JOIN,
                            CelStringExtensions.Function.REPLACE));

    private final CelRuntime.Program program;

    private Condition(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * A question over the top-level fields of one object ({@code status.phase == 'Done'}), whatever
     * they are called.
     *
     * @throws InvalidExpressionException where the text cannot be parsed or is no yes-or-no
     *     question
     */
    public static Condition overFields(String text) throws InvalidExpressionException {
        return compile(text, names(text), false);
    }

    /**
     * A question over named objects.
     *
     * @throws InvalidExpressionException also where it names others
     */
    public static Condition over(Set<String> variables, String text)
            throws InvalidExpressionException {
        return compile(text, variables, false);
    }

    /**
     * A question over named objects that is a yes-or-no question whatever they hold: {@code
     * res.kind} alone is none.
     *
     * @throws InvalidExpressionException also where it names others
     */
    public static Condition strictlyOver(Set<String> variables, String text)
            throws InvalidExpressionException {
        return compile(text, variables, true);
    }

    /**
     * Asks.
     *
     * @param variables their values, as JSON
     * @throws EvaluationException where the values give no answer
     */
    public boolean holds(Map<String, JsonNode> variables) throws EvaluationException {
        Map<String, Object> values = new HashMap<>();
        variables.forEach((name, value) -> values.put(name, CelValues.of(value)));
        Object answer;
        try {
            answer = program.trace(values, new EvaluationBudget());
        } catch (CelEvaluationException | EvaluationBudget.SpentException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), e);
        }
        if (answer instanceof Boolean yes) {
            return yes;
        }
        throw new EvaluationException(
                "the expression must be true or false and is a "
                        + answer.getClass().getSimpleName(),
                new IllegalStateException("not a bool"));
    }

    private static Condition compile(String text, Set<String> variables, boolean strictly)
            throws InvalidExpressionException {
        CelBuilder builder = builder();
        variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
        Cel cel = builder.build();
        try {
            CelAbstractSyntaxTree tree = cel.compile(text).getAst();
            CelType type = tree.getResultType();
            if (!type.equals(SimpleType.BOOL) && (strictly || !type.equals(SimpleType.DYN))) {
                throw new InvalidExpressionException(
                        "the expression must be true or false and is of type " + type.name());
            }
            return new Condition(cel.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpressionException(String.valueOf(e.getMessage()));
        }
    }

    /** The names that a text uses; those that a macro binds are among them and do no harm. */
    private static Set<String> names(String text) throws InvalidExpressionException {
        try {
            Set<String> names = new TreeSet<>();
            CelNavigableAst.fromAst(builder().build().parse(text).getAst())
                    .getRoot()
                    .allNodes()
                    .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                    .forEach(node -> names.add(node.expr().ident().name()));
            names.removeIf(name -> name.startsWith("@") || TYPES.contains(name));
            return names;
        } catch (CelValidationException e) {
            throw new InvalidExpressionException(String.valueOf(e.getMessage()));
        }
    }

    /** Names of types are values in CEL: {@code type(x) == string}. */
    private static final Set<String> TYPES =
            Set.of(
                    "bool",
                    "bytes",
                    "double",
                    "int",
                    "list",
                    "map",
                    "null_type",
                    "string",
                    "type",
                    "uint",
                    "google",
                    "optional",
                    "optional_type");

    static CelBuilder builder() {
        return CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS),
                        CelExtensions.optional())
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
                .setStandardFunctions(
                        CelStandardFunctions.newBuilder()
                                .excludeFunctions(StandardFunction.MATCHES)
                                .build())
                .addFunctionBindings(BoundedTexts.bindings())
                .addRuntimeLibraries(
                        CelExtensions.strings(OWN_TEXTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS),
                        CelExtensions.optional());
    }
}
