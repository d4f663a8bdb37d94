package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.Formula;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whose tokens a {@code generic-oidc} Receiver takes, and what must be true of their claims. */
final class OidcPolicy {

    private static final Set<String> VARIABLES = Set.of("claims", "vars");
    private static final String AUDIENCE = "notification-controller";

    private record Check(Condition condition, String message) {}

    private record Provider(
            String issuer, String audience, Map<String, Formula> variables, List<Check> checks) {}

    private final List<Provider> providers;

    private OidcPolicy(List<Provider> providers) {
        this.providers = providers;
    }

    static OidcPolicy of(Receiver receiver) throws InvalidExpressionException {
        List<Provider> providers = new ArrayList<>();
        for (Receiver.OidcProvider said : receiver.spec().oidcProviders()) {
            Map<String, Formula> variables = new LinkedHashMap<>();
            for (Receiver.Variable variable : said.variables()) {
                variables.put(variable.name(), Formula.over(VARIABLES, variable.expression()));
            }
            List<Check> checks = new ArrayList<>();
            for (Receiver.Validation validation : said.validations()) {
                Condition condition = Condition.strictlyOver(VARIABLES, validation.expression());
                checks.add(new Check(condition, validation.message()));
            }
            String audience = Objects.requireNonNullElse(said.audience(), "");
            providers.add(
                    new Provider(
                            said.issuerURL(),
                            audience.isEmpty() ? AUDIENCE : audience,
                            variables,
                            checks));
        }
        return new OidcPolicy(providers);
    }

    /** The claims of the token, if one of the providers vouches for it and all checks hold. */
    JsonNode check(OidcTokens tokens, String token) throws RefusedException, InterruptedException {
        String issuer = OidcTokens.issuer(token);
        for (Provider provider : providers) {
            if (provider.issuer().equals(issuer)) {
                JsonNode claims = tokens.claims(token, issuer, provider.audience());
                check(provider, claims);
                return claims;
            }
        }
        throw new RefusedException("the token's issuer is none of spec.oidcProviders");
    }

    private static void check(Provider provider, JsonNode claims) throws RefusedException {
        ObjectNode vars = JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> values = Map.of("claims", claims, "vars", vars);
        try {
            for (Map.Entry<String, Formula> variable : provider.variables().entrySet()) {
                vars.set(variable.getKey(), variable.getValue().value(values));
            }
            for (Check check : provider.checks()) {
                if (!check.condition().holds(values)) {
                    throw new RefusedException(
                            "the token's claims do not pass: " + check.message());
                }
            }
        } catch (EvaluationException e) {
            throw new RefusedException("the token's claims can't be judged: " + e.getMessage());
        }
    }
}
