package dev.sluice.manifests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Fills variables into the text of objects, by the rules of Flux's {@code postBuild}: only braces
 * count ({@code ${name}}), {@code $$} is a dollar sign, defaults and the operators of shells for
 * case, length, parts and replacement work, anything else between braces is an error.
 *
 * <p>The text is the object as YAML, and what comes out is read as YAML again: a variable that
 * holds a number becomes a number, whatever quotes were around it in Git. Whoever wants a text puts
 * the quotes into the variable.
 */
public final class Substitution {

    /** Label or annotation that keeps an object as it is; the value is {@link #DISABLED}. */
    public static final String SWITCH = "kustomize.toolkit.fluxcd.io/substitute";

    /** Exactly so, in lower case: the other switches of Flux are not as strict. */
    public static final String DISABLED = "disabled";

    private static final String NAME = "^[_[:alpha:]][_[:alpha:][:digit:]]*$";
    private static final Pattern NAME_PATTERN = Pattern.compile("[_A-Za-z][_A-Za-z0-9]*");

    private final Map<String, String> variables;
    private final boolean strict;

    /**
     * @param variables values by name; line breaks are taken out of the values
     * @param strict a variable without value and default is an error, else it is empty
     * @throws SubstitutionException where a name cannot be one of a variable
     */
    public Substitution(Map<String, String> variables, boolean strict)
            throws SubstitutionException {
        Map<String, String> clean = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            if (!NAME_PATTERN.matcher(name).matches()) {
                throw new SubstitutionException(
                        "'" + name + "' var name is invalid, must match '" + NAME + "'");
            }
            clean.put(name, variable.getValue().replace("\n", ""));
        }
        this.variables = clean;
        this.strict = strict;
    }

    /** False where a label or an annotation of the object keeps it as it is. */
    public static boolean enabledFor(KubernetesObject object) {
        return !DISABLED.equals(object.labels().get(SWITCH))
                && !DISABLED.equals(object.annotations().get(SWITCH));
    }

    /**
     * Fills a text.
     *
     * @throws SubstitutionException where an expression is wrong or, in strict mode, a variable has
     *     no value
     */
    public String fill(String text) throws SubstitutionException {
        return text.indexOf('$') < 0 ? text : VariableReader.read(text).fill(variables, strict);
    }

    /**
     * The object with variables filled in; the same one where nothing in it can be filled or its
     * switch says so. The message of a failure names the object, and no value of it.
     */
    public KubernetesObject fill(KubernetesObject object) throws SubstitutionException {
        if (!enabledFor(object)) {
            return object;
        }
        String text = ObjectText.of(object);
        if (text.indexOf('$') < 0) {
            return object;
        }
        try {
            return ObjectText.parse(fill(text));
        } catch (SubstitutionException e) {
            throw new SubstitutionException(object.id().display() + ": " + e.getMessage());
        } catch (InvalidObjectException e) {
            throw new SubstitutionException(
                    object.id().display()
                            + ": with its variables filled in it is no valid YAML ("
                            + SecretValues.ofTexts(variables.values())
                                    .hideIn(String.valueOf(e.getMessage()))
                            + "): put quotes into the variable");
        }
    }

    /** How many variables, never which. */
    @Override
    public String toString() {
        return "Substitution of " + variables.size() + " variables";
    }
}
