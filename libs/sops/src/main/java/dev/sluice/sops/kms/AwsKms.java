package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS KMS by its JSON protocol, with static keys of the key Secret. An entry that names a role to
 * assume is refused.
 */
public final class AwsKms implements KeyService {
    private static final String PROVIDER = "kms";
    private static final Pattern ARN =
            Pattern.compile("arn:aws[\\w-]*:kms:([a-z0-9-]+):[0-9]+:(key|alias)/.+");

    private final HttpCalls http;
    private final Clock clock;
    private final Optional<URI> endpoint;

    /**
     * @param endpoint instead of AWS's own one for the key's region
     */
    public AwsKms(HttpCalls http, Clock clock, Optional<URI> endpoint) {
        this.http = http;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    @Override
    public boolean serves(WrappedKey key) {
        return key.provider().equals(PROVIDER);
    }

    @Override
    public byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("CiphertextBlob", key.wrapped());
        body.put("EncryptionContext", key.context());
        body.put("KeyId", key.field("arn"));
        return HttpCalls.bytes(
                HttpCalls.text(call("Decrypt", key, body, credentials), "Plaintext"));
    }

    @Override
    public String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Plaintext", Base64.getEncoder().encodeToString(dataKey));
        body.put("EncryptionContext", key.context());
        body.put("KeyId", key.field("arn"));
        return HttpCalls.text(call("Encrypt", key, body, credentials), "CiphertextBlob");
    }

    private JsonNode call(
            String verb, WrappedKey key, Map<String, Object> fields, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        Matcher arn = ARN.matcher(key.field("arn"));
        if (!arn.matches()) {
            throw new KeyServiceException("the ARN of the key is not valid", false);
        }
        if (!key.field("role").isEmpty()) {
            throw new KeyServiceException(
                    "the key is to be used through a role, and roles are not supported: give keys that may use it directly",
                    false);
        }
        String secret =
                credentials
                        .awsKms()
                        .orElseThrow(() ->
                                new KeyServiceException(
                                        "there are no AWS keys (entry sops.aws-kms of the key Secret)",
                                        false));
        AwsKeys keys = AwsKeys.parse(secret);
        String region = arn.group(1);
        URI address =
                endpoint.orElse(
                        URI.create(
                                "https://kms."
                                        + region
                                        + (region.startsWith("cn-")
                                                ? ".amazonaws.com.cn"
                                                : ".amazonaws.com")));
        byte[] body = http.body(fields).getBytes(StandardCharsets.UTF_8);
        SortedMap<String, String> headers = headers(verb, address, keys);
        HttpRequest.Builder request =
                HttpCalls.request(address.resolve("/").toString())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        AwsSignature signature = new AwsSignature(region, "kms");
        request.header("Authorization", signature.authorization("POST", headers, body, keys));
        // The client sets the host itself, to the same text.
        headers.remove("host");
        headers.forEach(request::header);
        return http.send(request.build());
    }

    private SortedMap<String, String> headers(String verb, URI address, AwsKeys keys) {
        SortedMap<String, String> headers = new TreeMap<>();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        headers.put("host", address.getHost() + port);
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("x-amz-date", AwsSignature.time(clock.instant()));
        headers.put("x-amz-target", "TrentService." + verb);
        keys.sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token));
        return headers;
    }
}
