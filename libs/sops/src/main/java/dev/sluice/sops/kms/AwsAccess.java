package dev.sluice.sops.kms;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * Who asks AWS: the access keys of the key Secret, a role that a service account's token stands
 * for, or the process's own identity; and, where the file names a role, that role assumed by them.
 */
final class AwsAccess {
    private static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
    private static final String AUDIENCE = "sts.amazonaws.com";

    private final SdkHttpClient http;
    private final Optional<URI> endpoint;

    /**
     * @param endpoint of the token service, instead of AWS's own one for the region
     */
    AwsAccess(SdkHttpClient http, Optional<URI> endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /**
     * @param role that the file names; empty for none
     */
    AwsCredentialsProvider provider(Credentials credentials, Region region, String role)
            throws KeyServiceException, InterruptedException {
        AwsCredentialsProvider base = base(credentials, region);
        return role.isEmpty() ? base : assumed(base, region, role);
    }

    private AwsCredentialsProvider base(Credentials credentials, Region region)
            throws KeyServiceException, InterruptedException {
        if (credentials.awsKms().isPresent()) {
            return StaticCredentialsProvider.create(keys(credentials.awsKms().get()));
        }
        return switch (credentials.identity()) {
            case WorkloadIdentity.None _ ->
                    throw new KeyServiceException(
                            "there are no AWS keys (entry sops.aws-kms of the key Secret)", false);
            case WorkloadIdentity.ThisProcess _ -> DefaultCredentialsProvider.builder().build();
            case WorkloadIdentity.ServiceAccount account -> federated(account, region);
        };
    }

    /** Reads the YAML of the entry {@code sops.aws-kms}. */
    private static AwsCredentials keys(String yaml) throws KeyServiceException {
        Node root;
        try {
            root = YamlReader.MANIFEST.read(yaml);
        } catch (YamlException e) {
            root = Node.mapping();
        }
        @Nullable String id = root.text("aws_access_key_id");
        @Nullable String secret = root.text("aws_secret_access_key");
        @Nullable String token = root.text("aws_session_token");
        if (id == null || secret == null) {
            throw new KeyServiceException(
                    "the entry sops.aws-kms must hold aws_access_key_id and aws_secret_access_key",
                    false);
        }
        return token == null || token.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
    }

    private AwsCredentialsProvider federated(WorkloadIdentity.ServiceAccount account, Region region)
            throws KeyServiceException, InterruptedException {
        String role = account.annotation(ROLE_ANNOTATION);
        String token = account.tokens().forAudience(AUDIENCE);
        try (StsClient sts = sts(AnonymousCredentialsProvider.create(), region)) {
            return provider(
                    sts.assumeRoleWithWebIdentity(request ->
                                    request.roleArn(role)
                                            .roleSessionName(session())
                                            .webIdentityToken(token))
                            .credentials());
        }
    }

    private AwsCredentialsProvider assumed(
            AwsCredentialsProvider base, Region region, String role) {
        try (StsClient sts = sts(base, region)) {
            return provider(
                    sts.assumeRole(request -> request.roleArn(role).roleSessionName(session()))
                            .credentials());
        }
    }

    private static AwsCredentialsProvider provider(
            software.amazon.awssdk.services.sts.model.Credentials keys) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
    }

    /** Shown in the cloud's own audit log. */
    private static String session() {
        return "sluice@" + UUID.randomUUID();
    }

    private StsClient sts(AwsCredentialsProvider provider, Region region) {
        StsClientBuilder builder =
                StsClient.builder()
                        .httpClient(http)
                        .region(region)
                        .credentialsProvider(provider)
                        .overrideConfiguration(AwsKms.BOUNDED);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
