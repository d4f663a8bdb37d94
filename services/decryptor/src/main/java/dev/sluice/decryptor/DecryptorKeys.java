package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The decryptor's own keys: with which it signs, and with which it makes digests. They are kept in
 * a Secret that nobody else needs to read, made at the first start, and the public half is
 * published.
 *
 * @param signing the applier pins the public half
 * @param digest of what may hold secrets
 */
record DecryptorKeys(SigningKey signing, KeyedDigest digest) {

    private static final String MANAGER = "sluice-decryptor";
    private static final ResourceKind SECRETS =
            new ResourceKind("", "v1", "Secret", "secrets", true);
    private static final ResourceKind NAMESPACES =
            new ResourceKind("", "v1", "Namespace", "namespaces", false);

    /** The public halves of all services. */
    static final ResourceKind CONFIG_MAPS =
            new ResourceKind("", "v1", "ConfigMap", "configmaps", true);

    /**
     * Reads the keys, or makes those that are not there, and publishes the public half.
     *
     * @param namespace of the pipeline; made where it is missing
     */
    static DecryptorKeys load(Cluster cluster, String namespace, SecureRandom random)
            throws KubernetesException {
        Optional<DecryptorKeys> known = read(cluster, namespace);
        DecryptorKeys keys = known.isPresent() ? known.get() : make(cluster, namespace, random);
        publish(cluster, namespace, keys);
        return keys;
    }

    private static Optional<DecryptorKeys> read(Cluster cluster, String namespace)
            throws KubernetesException {
        Optional<ObjectNode> secret = cluster.get(SECRETS, namespace, KeyNames.DECRYPTOR_SECRET);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new DecryptorKeys(
                            SigningKey.parse(entry(secret.get(), KeyNames.SIGNING_KEY)),
                            new KeyedDigest(
                                    Base64.getDecoder()
                                            .decode(entry(secret.get(), KeyNames.DIGEST_KEY)))));
        } catch (IllegalArgumentException e) {
            // The cause may show a key.
            throw new IllegalStateException(
                    "Secret "
                            + namespace
                            + '/'
                            + KeyNames.DECRYPTOR_SECRET
                            + " does not hold the decryptor's keys: delete it to have new ones made");
        }
    }

    private static String entry(ObjectNode secret, String name) {
        byte[] decoded = Base64.getDecoder().decode(secret.path("data").path(name).asText());
        return new String(decoded, StandardCharsets.UTF_8);
    }

    /** Of two decryptors that start at once, one makes the keys and both take them. */
    private static DecryptorKeys make(Cluster cluster, String namespace, SecureRandom random)
            throws KubernetesException {
        byte[] digestKey = new byte[KeyedDigest.KEY_BYTES];
        random.nextBytes(digestKey);
        ObjectNode secret = object("Secret", KeyNames.DECRYPTOR_SECRET, namespace);
        secret.putObject("stringData")
                .put(KeyNames.SIGNING_KEY, SigningKey.generate(random).secretText())
                .put(KeyNames.DIGEST_KEY, Base64.getEncoder().encodeToString(digestKey));
        try {
            create(cluster, SECRETS.path(namespace), secret);
        } catch (KubernetesException e) {
            if (!e.is(Sort.NOT_FOUND)) {
                throw e;
            }
            create(cluster, NAMESPACES.path(), object("Namespace", namespace, ""));
            create(cluster, SECRETS.path(namespace), secret);
        }
        return read(cluster, namespace)
                .orElseThrow(() ->
                        new IllegalStateException("the Secret with the decryptor's keys vanished"));
    }

    private static void create(Cluster cluster, String path, ObjectNode object)
            throws KubernetesException {
        try {
            cluster.send(ApiRequest.post(path + "?fieldManager=" + MANAGER, object.toString()));
        } catch (KubernetesException e) {
            if (!e.is(Sort.CONFLICT)) {
                throw e;
            }
        }
    }

    private static void publish(Cluster cluster, String namespace, DecryptorKeys keys)
            throws KubernetesException {
        ObjectNode map = object("ConfigMap", KeyNames.PUBLIC_CONFIG_MAP, namespace);
        map.putObject("data").put(KeyNames.VERIFYING_KEY, keys.signing().verifyingKey().text());
        String path =
                CONFIG_MAPS.path(namespace, KeyNames.PUBLIC_CONFIG_MAP)
                        + "?force=true&fieldManager="
                        + MANAGER;
        cluster.send(ApiRequest.patch(path, ApiRequest.APPLY, map.toString()));
    }

    private static ObjectNode object(String kind, String name, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    @Override
    public String toString() {
        return "DecryptorKeys";
    }
}
