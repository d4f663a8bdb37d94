package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Whether a call comes from where its Receiver says. Signatures and tokens are checked before
 * anything else is looked at.
 */
final class Verification {

    private static final String GOOGLE = "https://accounts.google.com";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OidcTokens tokens;

    Verification(OidcTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Checks.
     *
     * @return the claims of the caller's token; an empty object for types without
     * @throws RefusedException if the call is not accepted
     */
    JsonNode check(Receiver receiver, ReceiverToken token, Delivery delivery)
            throws RefusedException, InterruptedException {
        List<String> events = receiver.spec().events();
        byte[] body = delivery.body();
        switch (receiver.spec().type()) {
            case "generic" -> {}
            case "generic-hmac" ->
                    Signatures.check(delivery.header("x-signature"), token.token(), body);
            case ReceiverSetup.OIDC -> {
                return oidc(receiver, delivery);
            }
            case "github" -> {
                hub(token, delivery);
                checkEvent(events, delivery.header("x-github-event"));
            }
            case "bitbucket" -> {
                hub(token, delivery);
                checkEvent(events, delivery.header("x-event-key"));
            }
            case "gitlab" -> {
                Signatures.checkToken(delivery.header("x-gitlab-token"), token.token());
                checkEvent(events, delivery.header("x-gitlab-event"));
            }
            case "harbor" -> Signatures.checkToken(delivery.header("authorization"), token.token());
            case "dockerhub" -> Payloads.checkDockerHub(body);
            case "quay" -> Payloads.checkQuay(body);
            case "acr" -> Payloads.checkAcr(body);
            case "nexus" -> {
                Signatures.checkBareSha1(
                        delivery.header("x-nexus-webhook-signature"), token.token(), body);
                Payloads.checkNexus(body);
            }
            case "gcr" -> google(token, delivery);
            case "cdevents" -> {
                checkEvent(events, delivery.header("ce-type"));
                CdEvents.check(body);
            }
            default ->
                    throw new RefusedException(
                            "no such type of Receiver: " + receiver.spec().type());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Of two signatures the stronger counts, and the weaker can't save it. */
    private static void hub(ReceiverToken token, Delivery delivery) throws RefusedException {
        String strong = delivery.header("x-hub-signature-256");
        String signature = strong.isEmpty() ? delivery.header("x-hub-signature") : strong;
        Signatures.check(signature, token.token(), delivery.body());
        if (!delivery.isJson() && !delivery.mediaType().equals(FORM)) {
            throw new RefusedException("the body is neither JSON nor a form");
        }
    }

    private static void checkEvent(List<String> events, String event) throws RefusedException {
        if (!events.isEmpty() && events.stream().noneMatch(event::equalsIgnoreCase)) {
            throw new RefusedException("the event is not one of spec.events");
        }
    }

    private JsonNode oidc(Receiver receiver, Delivery delivery)
            throws RefusedException, InterruptedException {
        try {
            return OidcPolicy.of(receiver).check(tokens, OidcTokens.bearer(delivery));
        } catch (InvalidExpressionException e) {
            throw new RefusedException("an expression of the Receiver can't be read");
        }
    }

    private void google(ReceiverToken token, Delivery delivery)
            throws RefusedException, InterruptedException {
        JsonNode claims = tokens.claims(OidcTokens.bearer(delivery), GOOGLE, token.audience());
        boolean right =
                token.email().isEmpty()
                        || (isSame(claims.path("email").asText(""), token.email())
                                && claims.path("email_verified").asBoolean());
        if (!right) {
            throw new RefusedException("the token is of another account");
        }
        Payloads.checkGcr(delivery.body());
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
