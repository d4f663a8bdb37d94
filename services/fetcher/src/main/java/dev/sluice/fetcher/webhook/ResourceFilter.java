package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the objects that a Receiver lists are meant by a call: those for which {@code
 * spec.resourceFilter} and the entry's own filter hold.
 */
final class ResourceFilter {

    private static final Set<String> VARIABLES = Set.of("res", "req", "claims");

    private final Optional<Condition> all;
    private final List<Optional<Condition>> own;

    private ResourceFilter(Optional<Condition> all, List<Optional<Condition>> own) {
        this.all = all;
        this.own = own;
    }

    static ResourceFilter of(Receiver receiver) throws InvalidExpressionException {
        List<Optional<Condition>> own = new ArrayList<>();
        for (Receiver.Resource resource : receiver.spec().resources()) {
            own.add(condition(resource.filter()));
        }
        return new ResourceFilter(condition(receiver.spec().resourceFilter()), own);
    }

    private static Optional<Condition> condition(@Nullable String text)
            throws InvalidExpressionException {
        return text == null || text.isEmpty()
                ? Optional.empty()
                : Optional.of(Condition.strictlyOver(VARIABLES, text));
    }

    /** Whether there is nothing to ask for this entry of {@code spec.resources}. */
    boolean isOpen(int entry) {
        return all.isEmpty() && own.get(entry).isEmpty();
    }

    /** What the expressions see of a call. */
    record Call(ObjectNode body, JsonNode claims) {

        /**
         * @throws RefusedException where the call says that it is JSON and isn't a JSON object
         */
        static Call of(Delivery delivery, @Nullable JsonNode claims) throws RefusedException {
            ObjectNode body =
                    delivery.isJson()
                            ? Payloads.object(delivery.body())
                            : JsonNodeFactory.instance.objectNode();
            return new Call(body, claims == null ? JsonNodeFactory.instance.objectNode() : claims);
        }
    }

    /**
     * Whether the object is meant.
     *
     * @param object its apiVersion, kind and metadata
     */
    boolean holds(int entry, JsonNode object, Call call) throws EvaluationException {
        Map<String, JsonNode> variables =
                Map.of("res", object, "req", call.body(), "claims", call.claims());
        for (Optional<Condition> condition : List.of(all, own.get(entry))) {
            if (condition.isPresent() && !condition.get().holds(variables)) {
                return false;
            }
        }
        return true;
    }
}
