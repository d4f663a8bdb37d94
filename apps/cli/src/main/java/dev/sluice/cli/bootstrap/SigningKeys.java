package dev.sluice.cli.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.audit.ServiceKey;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.install.Installer;
import java.security.SecureRandom;
import java.util.List;

/**
 * The keys that services sign their records with, each in a Secret that is mounted into the pods of
 * that service and of no other. They are made once and never replaced: an audit of years needs
 * them. They are not in Git.
 */
final class SigningKeys {

    /** Those that write records. */
    static final List<String> SERVICES =
            List.of(
                    "fetcher",
                    "renderer",
                    "decryptor",
                    "applier",
                    "drift-detector",
                    "notifier",
                    "ledger");

    private final ClusterClient client;
    private final Installer installer;
    private final SecureRandom random;

    SigningKeys(ClusterClient client, Installer installer, SecureRandom random) {
        this.client = client;
        this.installer = installer;
        this.random = random;
    }

    /**
     * Makes those that are not there.
     *
     * @return how many
     */
    int make(String namespace) throws ClusterException {
        int made = 0;
        for (String service : SERVICES) {
            String name = "sluice-" + service + "-signing-key";
            String path = "/api/v1/namespaces/" + namespace + "/secrets/" + name;
            if (client.find(path).isEmpty()) {
                installer.apply(secret(namespace, name, "sluice-" + service));
                made++;
            }
        }
        return made;
    }

    private ObjectNode secret(String namespace, String name, String file) {
        ServiceKey key = ServiceKey.generate(random);
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret");
        secret.putObject("metadata").put("name", name).put("namespace", namespace);
        secret.putObject("stringData")
                .put(file + ".key", key.secretText())
                .put(file + ".pub", key.publicText() + "\n");
        return secret;
    }
}
