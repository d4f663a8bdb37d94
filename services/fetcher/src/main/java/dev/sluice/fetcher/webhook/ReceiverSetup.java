package dev.sluice.fetcher.webhook;

import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What a Receiver needs before it can be called: expressions that can be read, and a token. */
final class ReceiverSetup {

    /** Of receivers that are called with tokens of an identity provider. */
    static final String OIDC = "generic-oidc";

    private final SourceSecrets secrets;

    ReceiverSetup(SourceSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * The path that the Receiver is called at: it can't be guessed without the token, and changes
     * with it.
     */
    String path(Receiver receiver) throws NotReadyException {
        checkExpressions(receiver);
        String token = receiver.spec().type().equals(OIDC) ? "" : token(receiver).token();
        String name = receiver.metadata().name() + receiver.metadata().namespace();
        return "/hook/" + Digest.of((token + name).getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The Secret's content as it is now. */
    ReceiverToken token(Receiver receiver) throws NotReadyException {
        LocalReference reference = receiver.spec().secretRef();
        if (reference == null) {
            if (receiver.spec().type().equals(OIDC)) {
                return new ReceiverToken("", "", "");
            }
            throw tokenNotFound("spec.secretRef is not set");
        }
        String shown = receiver.metadata().namespace() + "/" + reference.name();
        Optional<Map<String, byte[]>> secret;
        try {
            secret = secrets.find(receiver.metadata().namespace(), reference.name());
        } catch (KubernetesClientException e) {
            throw tokenNotFound("Secret '%s' can't be read".formatted(shown));
        }
        if (secret.isEmpty()) {
            throw tokenNotFound("Secret '%s' is not there".formatted(shown));
        }
        Map<String, byte[]> content = secret.get();
        if (!content.containsKey("token")) {
            throw tokenNotFound("Secret '%s' has no key 'token'".formatted(shown));
        }
        return new ReceiverToken(
                text(content, "token"), text(content, "email"), text(content, "audience"));
    }

    private static void checkExpressions(Receiver receiver) throws NotReadyException {
        try {
            ResourceFilter.of(receiver);
            OidcPolicy.of(receiver);
        } catch (InvalidExpressionException e) {
            throw new NotReadyException(
                    Reasons.INVALID_CEL_EXPRESSION, String.valueOf(e.getMessage()), true);
        }
    }

    private static NotReadyException tokenNotFound(String message) {
        return new NotReadyException("TokenNotFound", message, false);
    }

    private static String text(Map<String, byte[]> content, String key) {
        byte[] value = content.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
