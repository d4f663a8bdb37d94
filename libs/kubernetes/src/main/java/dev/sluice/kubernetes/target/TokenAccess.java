package dev.sluice.kubernetes.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access to another cluster that trusts the tokens of service accounts of this one: a ConfigMap
 * with provider {@code generic}. No secret is kept anywhere; the tokens last an hour.
 *
 * @param address URL of the other API server
 * @param authority its certificate authority in PEM; empty for those that the system trusts
 * @param audiences that the tokens are for
 * @param account whose tokens they are, in {@code namespace}; empty for whoever we are ourselves
 */
record TokenAccess(
        Cluster own,
        String namespace,
        String address,
        String authority,
        List<String> audiences,
        String account) {

    private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);
    private static final long LIFETIME = 3600;
    private static final long RENEWED_AFTER = (LIFETIME - 600) * 1_000_000_000L;
    private static final String OWN_PREFIX = "system:serviceaccount:";

    /**
     * @param defaultAccount where the ConfigMap names none; empty for ourselves
     */
    static TokenAccess read(
            RemoteReference reference, JsonNode data, Cluster own, String defaultAccount)
            throws TargetException {
        String provider = data.path("provider").asText();
        if (!provider.equals("generic")) {
            throw new TargetException(
                    "the provider '"
                            + provider
                            + "' in "
                            + reference.display()
                            + " is not supported: use 'generic', or kubeConfig.secretRef");
        }
        String address = data.path("address").asText().strip();
        if (address.isEmpty()) {
            throw new TargetException(
                    reference.display() + " has no address, which the provider 'generic' needs");
        }
        if (!address.startsWith("https://")) {
            throw new TargetException(
                    "the address in " + reference.display() + " must begin with https://");
        }
        String named = data.path("serviceAccountName").asText();
        List<String> audiences = list(data.path("audiences").asText());
        return new TokenAccess(
                own,
                reference.namespace(),
                address,
                data.path("ca.crt").asText(),
                audiences.isEmpty() ? List.of(address) : audiences,
                named.isEmpty() ? defaultAccount : named);
    }

    /**
     * @throws TargetException where not even a first token can be had
     */
    Config config() throws TargetException {
        ConfigBuilder config =
                new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(address)
                        .withOauthTokenProvider(new Tokens(this, firstToken()));
        return authority.isEmpty()
                ? config.build()
                : config.withCaCertData(
                                Base64.getEncoder()
                                        .encodeToString(authority.getBytes(StandardCharsets.UTF_8)))
                        .build();
    }

    private String firstToken() throws TargetException {
        try {
            return request();
        } catch (KubernetesException e) {
            throw new TargetException("no token can be had for the cluster: " + e.getMessage());
        }
    }

    /**
     * A fresh token.
     *
     * @throws TargetException where we are no service account ourselves and none is named
     */
    private String request() throws TargetException, KubernetesException {
        String[] who = account.isEmpty() ? ourselves() : new String[] {namespace, account};
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = body.putObject("spec").put("expirationSeconds", LIFETIME);
        ArrayNode names = spec.putArray("audiences");
        audiences.forEach(names::add);
        String path = own.resource("v1", "ServiceAccount").path(who[0], who[1]) + "/token";
        return own.send(ApiRequest.post(path, body.toString()))
                .object()
                .at("/status/token")
                .asText();
    }

    private String[] ourselves() throws TargetException, KubernetesException {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "SelfSubjectReview");
        String user =
                own.send(
                                ApiRequest.post(
                                        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                        review.toString()))
                        .object()
                        .at("/status/userInfo/username")
                        .asText();
        String[] parts = user.split(":");
        if (!user.startsWith(OWN_PREFIX) || parts.length != 4) {
            throw new TargetException(
                    "serviceAccountName is needed, since this process is no service account itself");
        }
        return new String[] {parts[2], parts[3]};
    }

    /** A list in YAML, or words with commas between. */
    private static List<String> list(String text) {
        return Arrays.stream(text.split("[\\n,\\[\\]]"))
                .map(String::strip)
                .map(word -> word.startsWith("- ") ? word.substring(2).strip() : word)
                .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Asks for a token when the last one is about to end. Safe for use by many threads. */
    private static final class Tokens implements OAuthTokenProvider {

        private final TokenAccess access;
        private final ReentrantLock lock = new ReentrantLock();
        private String token;
        private long since = System.nanoTime();

        Tokens(TokenAccess access, String first) {
            this.access = access;
            this.token = first;
        }

        /**
         * The old one where no new one can be had: the other cluster tells what is wrong with it.
         */
        @Override
        public String getToken() {
            lock.lock();
            try {
                if (System.nanoTime() - since > RENEWED_AFTER) {
                    token = access.request();
                    since = System.nanoTime();
                }
            } catch (TargetException | KubernetesException e) {
                LOG.warn("no new token can be had for {}: {}", access.address, e.getMessage());
            } finally {
                lock.unlock();
            }
            return token;
        }
    }
}
