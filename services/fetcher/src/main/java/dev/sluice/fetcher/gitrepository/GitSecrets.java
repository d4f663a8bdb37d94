package dev.sluice.fetcher.gitrepository;

import dev.sluice.fetcher.git.GitCredentials;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.source.GitRepository;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Map;

/** Reads the Secrets that a source names, in its own namespace only. */
final class GitSecrets {

    private final SourceSecrets secrets;
    private final GitHubApp app;

    GitSecrets(SourceSecrets secrets, WebClient web, Clock clock) {
        this.secrets = secrets;
        this.app = new GitHubApp(web, clock);
    }

    GitCredentials credentials(GitRepository object) throws GitFailure, InterruptedException {
        String provider = object.spec().provider();
        boolean github = "github".equals(provider);
        if (provider != null && !provider.equals("generic") && !github) {
            throw new GitFailure(
                    GitFailure.Reason.INVALID_PROVIDER,
                    "spec.provider '%s' is not supported: use a Secret with credentials"
                            .formatted(provider));
        }
        LocalReference reference = object.spec().secretRef();
        if (reference == null && github) {
            throw new GitFailure(
                    GitFailure.Reason.INVALID_PROVIDER,
                    "spec.provider 'github' needs spec.secretRef: a Secret with the keys of a GitHub App");
        }
        if (reference == null) {
            return GitCredentials.ANONYMOUS;
        }
        Map<String, byte[]> content = secret(object, reference);
        if (github) {
            return app.credentials(reference.name(), content, object.spec().timeout().toDuration());
        }
        if (content.containsKey("githubAppID")) {
            throw new GitFailure(
                    GitFailure.Reason.INVALID_PROVIDER,
                    "Secret '%s' has the keys of a GitHub App, which needs spec.provider 'github'"
                            .formatted(reference.name()));
        }
        return GitCredentials.ofSecret(
                reference.name(), object.spec().url().startsWith("ssh://"), content);
    }

    ProxyAddress proxy(GitRepository object) throws GitFailure {
        LocalReference reference = object.spec().proxySecretRef();
        if (reference == null) {
            return ProxyAddress.NONE;
        }
        return ProxyAddress.of(secret(object, reference))
                .orElseThrow(() ->
                        new GitFailure(
                                GitFailure.Reason.AUTHENTICATION_FAILED,
                                "Secret '%s' has no 'address' of a proxy such as http://proxy:3128"
                                        .formatted(reference.name())));
    }

    private Map<String, byte[]> secret(GitRepository object, LocalReference reference)
            throws GitFailure {
        String namespace = object.metadata().namespace();
        try {
            return secrets.find(namespace, reference.name())
                    .orElseThrow(() ->
                            new GitFailure(
                                    GitFailure.Reason.AUTHENTICATION_FAILED,
                                    "Secret '%s/%s' is not there"
                                            .formatted(namespace, reference.name())));
        } catch (KubernetesClientException e) {
            throw new GitFailure(
                    GitFailure.Reason.AUTHENTICATION_FAILED,
                    "Secret '%s/%s' can't be read: %s"
                            .formatted(namespace, reference.name(), e.getMessage()));
        }
    }
}
