package dev.sluice.applier.helm;

import dev.sluice.helm.worker.WorkerIdentity;
import dev.sluice.kubernetes.Cluster;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker needs to speak to a cluster as a session does. */
final class WorkerIdentities {

    /** Where a pod finds the token of its account, which is renewed there. */
    private static final Path POD_TOKEN =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private WorkerIdentities() {}

    static WorkerIdentity of(Cluster session) throws IOException {
        Config config = session.client().getConfiguration();
        String token = text(config.getOauthToken());
        if (token == null) {
            token = text(config.getAutoOAuthToken());
        }
        boolean inPod =
                token != null
                        && Files.isReadable(POD_TOKEN)
                        && token.equals(Files.readString(POD_TOKEN).strip());
        return new WorkerIdentity(
                config.getMasterUrl(),
                pem(config.getCaCertData(), config.getCaCertFile()),
                config.isTrustCerts(),
                text(config.getTlsServerName()),
                inPod ? null : token,
                inPod ? POD_TOKEN.toString() : null,
                text(config.getUsername()),
                text(config.getPassword()),
                pem(config.getClientCertData(), config.getClientCertFile()),
                pem(config.getClientKeyData(), config.getClientKeyFile()),
                session.user().isEmpty() ? null : session.user(),
                List.of());
    }

    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isEmpty() ? null : given;
    }

    /** In base64: from the configuration, where it is that or PEM, or from a file. */
    private static @Nullable String pem(@Nullable String data, @Nullable String file)
            throws IOException {
        if (data != null && !data.isEmpty()) {
            return data.startsWith("-----")
                    ? encoded(data.getBytes(StandardCharsets.UTF_8))
                    : data.replaceAll("\\s", "");
        }
        return file == null || file.isEmpty() ? null : encoded(Files.readAllBytes(Path.of(file)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
