package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The accounts of the services in a cluster, with the rights that {@code deploy/rbac} gives them.
 */
final class ServiceAccounts {

    static final List<String> SERVICES =
            List.of(
                    "fetcher",
                    "renderer",
                    "decryptor",
                    "applier",
                    "drift-detector",
                    "notifier",
                    "ledger");

    private final Rig rig;

    ServiceAccounts(Rig rig) throws Exception {
        this.rig = rig;
        applyBuild("deploy/rbac");
    }

    /** How a service logs in. */
    Path kubeconfig(String service) {
        try {
            String token =
                    rig.client
                            .serviceAccounts()
                            .inNamespace("flux-system")
                            .withName("sluice-" + service)
                            .tokenRequest(
                                    new TokenRequestBuilder()
                                            .withNewSpec()
                                            .withExpirationSeconds(7200L)
                                            .endSpec()
                                            .build())
                            .getStatus()
                            .getToken();
            String admin = Files.readString(rig.controlPlane.kubeconfig("admin"));
            Path file = rig.directory.resolve(service + ".kubeconfig");
            Files.writeString(file, admin.replaceFirst("token: [^}]+}", "token: " + token + "}"));
            return file;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    boolean allowed(String service, String verb, String group, String resource) {
        try (KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(kubeconfig(service).toFile()))
                        .build()) {
            return client.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(
                            new SelfSubjectAccessReviewBuilder()
                                    .withNewSpec()
                                    .withNewResourceAttributes()
                                    .withNamespace("shared")
                                    .withVerb(verb)
                                    .withGroup(group)
                                    .withResource(resource)
                                    .endResourceAttributes()
                                    .endSpec()
                                    .build())
                    .getStatus()
                    .getAllowed();
        }
    }

    private void applyBuild(String folder) throws Exception {
        Path out = rig.directory.resolve("built.yaml");
        SluiceProcess build =
                SluiceProcess.start(
                        "build",
                        SluiceProcess.ROOT.resolve(folder).toString(),
                        "--output",
                        out.toString());
        assertThat(build.await(120)).as(() -> String.join("\n", build.output())).isZero();
        List<HasMetadata> objects =
                rig.client
                        .load(
                                new ByteArrayInputStream(
                                        Files.readString(out).getBytes(StandardCharsets.UTF_8)))
                        .items();
        objects.forEach(object ->
                rig.client
                        .resource(object)
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply());
    }
}
