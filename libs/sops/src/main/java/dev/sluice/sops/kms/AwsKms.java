package dev.sluice.sops.kms;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** AWS KMS by AWS's own client. */
public final class AwsKms implements KeyService {
    /** Long enough for a slow link, short enough for a commit that is waited for. */
    static final ClientOverrideConfiguration BOUNDED =
            ClientOverrideConfiguration.builder()
                    .apiCallTimeout(Duration.ofSeconds(20))
                    .apiCallAttemptTimeout(Duration.ofSeconds(10))
                    .build();

    private static final String PROVIDER = "kms";
    private static final int SERVER_ERROR = 500;
    private static final Pattern ARN =
            Pattern.compile("arn:aws[\\w-]*:kms:([a-z0-9-]+):[0-9]+:(key|alias)/.+");

    private final Optional<URI> endpoint;
    private final Optional<URI> tokenEndpoint;

    /**
     * @param endpoint instead of AWS's own one for the key's region
     * @param tokenEndpoint of the token service (STS), likewise
     */
    public AwsKms(Optional<URI> endpoint, Optional<URI> tokenEndpoint) {
        this.endpoint = endpoint;
        this.tokenEndpoint = tokenEndpoint;
    }

    @Override
    public boolean serves(WrappedKey key) {
        return key.provider().equals(PROVIDER);
    }

    @Override
    public byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        byte[] wrapped = HttpCalls.bytes(key.wrapped());
        return call(
                key,
                credentials,
                client ->
                        client.decrypt(request ->
                                        request.keyId(key.field("arn"))
                                                .encryptionContext(key.context())
                                                .ciphertextBlob(SdkBytes.fromByteArray(wrapped)))
                                .plaintext()
                                .asByteArray());
    }

    @Override
    public String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        return call(
                key,
                credentials,
                client ->
                        Base64.getEncoder()
                                .encodeToString(
                                        client.encrypt(request ->
                                                        request.keyId(key.field("arn"))
                                                                .encryptionContext(key.context())
                                                                .plaintext(
                                                                        SdkBytes.fromByteArray(
                                                                                dataKey)))
                                                .ciphertextBlob()
                                                .asByteArray()));
    }

    /** One request. */
    private interface Call<T> {
        T on(KmsClient client);
    }

    private <T> T call(WrappedKey key, Credentials credentials, Call<T> call)
            throws KeyServiceException, InterruptedException {
        Matcher arn = ARN.matcher(key.field("arn"));
        if (!arn.matches()) {
            throw new KeyServiceException("the ARN of the key is not valid", false);
        }
        Region region = Region.of(arn.group(1));
        try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
            KmsClientBuilder builder =
                    KmsClient.builder()
                            .httpClient(http)
                            .region(region)
                            .overrideConfiguration(BOUNDED)
                            .credentialsProvider(
                                    new AwsAccess(http, tokenEndpoint)
                                            .provider(credentials, region, key.field("role")));
            endpoint.ifPresent(builder::endpointOverride);
            try (KmsClient client = builder.build()) {
                return call.on(client);
            }
        } catch (AbortedException e) {
            throw new InterruptedException("while asking AWS KMS");
        } catch (AwsServiceException e) {
            throw refused(e);
        } catch (SdkException e) {
            // The text may name addresses, files and variables, but no secret; still it is not
            // ours to vouch for.
            throw new KeyServiceException(
                    "AWS KMS cannot be asked (" + e.getClass().getSimpleName() + ')',
                    e.retryable());
        }
    }

    private static KeyServiceException refused(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return new KeyServiceException(
                "AWS answered with status "
                        + e.statusCode()
                        + (details == null ? "" : " (" + details.errorCode() + ')'),
                e.isThrottlingException() || e.statusCode() >= SERVER_ERROR);
    }
}
