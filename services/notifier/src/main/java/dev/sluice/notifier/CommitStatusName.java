package dev.sluice.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.Formula;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.notifier.provider.Messengers;
import dev.sluice.notifier.provider.Notification;
import dev.sluice.notifier.provider.TellException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The name under which the status of a commit is shown. */
final class CommitStatusName {

    private static final Set<String> VARIABLES = Set.of("event", "provider", "alert");

    private CommitStatusName() {}

    /**
     * What {@code spec.commitStatusExpr} says; by default kind, name and the beginning of the
     * Provider's uid, which tells clusters apart. Empty where the service shows no statuses.
     *
     * @param alert the Alert as JSON
     */
    static String of(KnownProvider provider, JsonNode alert, Notification notification)
            throws TellException {
        if (!Messengers.setsCommitStatus(provider.object().spec().type())) {
            return "";
        }
        String expression = provider.object().spec().commitStatusExpr();
        if (expression == null || expression.isEmpty()) {
            String uid = provider.object().metadata().uid().split("-", 2)[0];
            return (notification.announced().object().kind()
                            + '/'
                            + notification.announced().object().name()
                            + '/'
                            + uid)
                    .toLowerCase(Locale.ROOT);
        }
        try {
            JsonNode value =
                    Formula.over(VARIABLES, expression)
                            .value(
                                    Map.of(
                                            "event", notification.json(),
                                            "provider", provider.tree(),
                                            "alert", alert));
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return value.textValue();
            }
            throw never("spec.commitStatusExpr gives no text");
        } catch (InvalidExpressionException | EvaluationException e) {
            throw never("spec.commitStatusExpr can't be evaluated: " + e.getMessage());
        }
    }

    private static TellException never(String message) {
        return new TellException(TellException.Prospect.NEVER, message);
    }
}
