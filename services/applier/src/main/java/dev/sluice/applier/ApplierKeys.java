package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.VerifyingKey;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The applier's own identity, kept in a Secret that nobody else needs to read and made at the first
 * start; and the decryptor's public key, from the ConfigMap where both publish their public halves.
 * Safe for use by many threads.
 */
final class ApplierKeys {

    private static final String MANAGER = "sluice-applier";
    private static final String DIGEST_PURPOSE = "sluice applied objects 1";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final String namespace;
    private final Clock clock;
    private final AgeIdentity identity;
    private volatile @Nullable VerifyingKey verifying;
    private volatile Instant looked = Instant.EPOCH;

    private ApplierKeys(Cluster cluster, String namespace, Clock clock, AgeIdentity identity) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.clock = clock;
        this.identity = identity;
    }

    /**
     * Reads the keys, or makes those that are not there, and publishes the recipient.
     *
     * @param namespace of the pipeline
     */
    static ApplierKeys load(Cluster cluster, String namespace, SecureRandom random, Clock clock)
            throws KubernetesException {
        Optional<AgeIdentity> known = readIdentity(cluster, namespace);
        AgeIdentity identity =
                known.isPresent() ? known.get() : makeIdentity(cluster, namespace, random);
        ApplierKeys keys = new ApplierKeys(cluster, namespace, clock, identity);
        keys.publish();
        return keys;
    }

    AgeIdentity identity() {
        return identity;
    }

    /** For the digests of what was applied; the same as long as the identity is. */
    KeyedDigest digest() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            identity.secretText().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new KeyedDigest(mac.doFinal(DIGEST_PURPOSE.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /** Whether the decryptor signed the event. A key that was changed is looked up again. */
    boolean verifies(DeliveryRevealed event) throws KubernetesException {
        VerifyingKey key = verifying;
        if (key != null && key.verifies(event)) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(looked.plus(LOOK_AGAIN)) && key != null) {
            return false;
        }
        looked = now;
        key = readVerifyingKey().orElse(null);
        verifying = key;
        return key != null && key.verifies(event);
    }

    private Optional<VerifyingKey> readVerifyingKey() throws KubernetesException {
        String text =
                cluster.get(kind("ConfigMap"), namespace, KeyNames.PUBLIC_CONFIG_MAP)
                        .map(o -> o.path("data").path(KeyNames.VERIFYING_KEY).asText())
                        .orElse("");
        return text.isEmpty() ? Optional.empty() : Optional.of(VerifyingKey.parse(text));
    }

    private void publish() throws KubernetesException {
        ObjectNode map = object("ConfigMap", KeyNames.PUBLIC_CONFIG_MAP, namespace);
        map.putObject("data").put(KeyNames.RECIPIENT, identity.recipient().toString());
        String path =
                kind("ConfigMap").path(namespace, KeyNames.PUBLIC_CONFIG_MAP)
                        + "?force=true&fieldManager="
                        + MANAGER;
        cluster.send(ApiRequest.patch(path, ApiRequest.APPLY, map.toString()));
    }

    private ResourceKind kind(String name) throws KubernetesException {
        return cluster.resource("v1", name);
    }

    private static Optional<AgeIdentity> readIdentity(Cluster cluster, String namespace)
            throws KubernetesException {
        Optional<ObjectNode> secret =
                cluster.get(cluster.resource("v1", "Secret"), namespace, KeyNames.APPLIER_SECRET);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        String encoded = secret.get().path("data").path(KeyNames.IDENTITY).asText();
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(AgeIdentity.parse(text));
        } catch (AgeException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Secret "
                            + namespace
                            + '/'
                            + KeyNames.APPLIER_SECRET
                            + " holds no age identity at "
                            + KeyNames.IDENTITY
                            + ": delete it to have a new one made");
        }
    }

    /** Of two appliers that start at once, one makes the identity and both take it. */
    private static AgeIdentity makeIdentity(Cluster cluster, String namespace, SecureRandom random)
            throws KubernetesException {
        makeNamespace(cluster, namespace);
        AgeIdentity fresh = AgeIdentity.generate(random);
        ObjectNode secret = object("Secret", KeyNames.APPLIER_SECRET, namespace);
        secret.putObject("stringData").put(KeyNames.IDENTITY, fresh.secretText());
        create(cluster, cluster.resource("v1", "Secret").path(namespace), secret);
        return readIdentity(cluster, namespace).orElse(fresh);
    }

    private static void makeNamespace(Cluster cluster, String name) throws KubernetesException {
        ResourceKind kind = cluster.resource("v1", "Namespace");
        if (cluster.metadata(kind, "", name).isEmpty()) {
            create(cluster, kind.path(), object("Namespace", name, ""));
        }
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

    private static ObjectNode object(String kind, String name, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }
}
