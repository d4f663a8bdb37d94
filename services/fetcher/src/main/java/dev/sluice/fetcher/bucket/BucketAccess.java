package dev.sluice.fetcher.bucket;

import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.Bucket;
import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * How a bucket is reached by its object's spec: what its Secrets hold and its token service gives.
 */
final class BucketAccess {

    private static final int MAX_ANSWER = 1 << 20;

    private final WebClient web;
    private final SourceSecrets secrets;

    BucketAccess(WebClient web, SourceSecrets secrets) {
        this.web = web;
        this.secrets = secrets;
    }

    S3Bucket.Place place(Bucket object) throws SourceException, InterruptedException {
        Bucket.Spec spec = object.spec();
        if (spec.provider().equals("gcp") || spec.provider().equals("azure")) {
            throw SourceException.stalled(
                    ConditionTypes.FETCH_FAILED,
                    "InvalidProviderConfiguration",
                    "spec.provider '%s' is not supported: use a store that speaks S3, such as Google's interoperability endpoint, with provider 'generic'"
                            .formatted(spec.provider()));
        }
        String namespace = object.metadata().namespace();
        TlsMaterial tls = TlsMaterial.of(secrets.named(namespace, spec.certSecretRef()));
        ProxyAddress proxy = secrets.proxy(namespace, spec.proxySecretRef());
        WebAccess access = new WebAccess(tls, false, proxy, spec.timeout().toDuration());
        return new S3Bucket.Place(
                access,
                keys(object, proxy),
                spec.endpoint(),
                spec.insecure(),
                spec.bucketName(),
                Absent.value(spec.region(), ""));
    }

    private S3Keys keys(Bucket object, ProxyAddress proxy)
            throws SourceException, InterruptedException {
        Bucket.Spec spec = object.spec();
        Bucket.TokenService sts = spec.sts();
        if (sts != null && sts.provider().equals("ldap")) {
            return ldap(object.metadata().namespace(), sts, proxy, spec.timeout().toDuration());
        }
        if (sts != null || spec.serviceAccountName() != null) {
            throw SourceException.stalled(
                    ConditionTypes.FETCH_FAILED,
                    "InvalidProviderConfiguration",
                    "cloud identities are not supported: name a Secret with accesskey and secretkey in spec.secretRef");
        }
        if (spec.secretRef() == null) {
            return S3Keys.ANONYMOUS;
        }
        Map<String, byte[]> secret = secrets.named(object.metadata().namespace(), spec.secretRef());
        S3Keys keys = new S3Keys(text(secret, "accesskey"), text(secret, "secretkey"), "");
        if (keys.accessKey().isEmpty() || keys.secretKey().isEmpty()) {
            throw failed(
                    "Secret '%s' needs 'accesskey' and 'secretkey'"
                            .formatted(spec.secretRef().name()));
        }
        return keys;
    }

    /** Keys for some minutes, given for a user and password of a directory. */
    private S3Keys ldap(
            String namespace, Bucket.TokenService sts, ProxyAddress proxy, Duration timeout)
            throws SourceException, InterruptedException {
        Map<String, byte[]> secret = secrets.named(namespace, sts.secretRef());
        TlsMaterial tls = TlsMaterial.of(secrets.named(namespace, sts.certSecretRef()));
        String body =
                String.join(
                        "&",
                        "Action=AssumeRoleWithLDAPIdentity",
                        "Version=2011-06-15",
                        form("LDAPUsername", text(secret, "username")),
                        form("LDAPPassword", text(secret, "password")));
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        try {
            WebAnswer answer =
                    web.send(
                            new WebAccess(tls, false, proxy, timeout),
                            new WebClient.Call("POST", URI.create(sts.endpoint()), headers, body),
                            MAX_ANSWER);
            if (!answer.isOk()) {
                throw failed("spec.sts.endpoint answers " + answer.status());
            }
            return new S3Keys(
                    S3Listing.element(answer.body(), "AccessKeyId"),
                    S3Listing.element(answer.body(), "SecretAccessKey"),
                    S3Listing.element(answer.body(), "SessionToken"));
        } catch (IOException | IllegalArgumentException e) {
            throw failed("spec.sts.endpoint gives no keys: " + e.getMessage());
        }
    }

    private static String form(String key, String value) {
        return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String text(Map<String, byte[]> secret, String key) {
        byte[] value = secret.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
    }

    private static SourceException failed(String message) {
        return new SourceException(
                ConditionTypes.FETCH_FAILED, Reasons.AUTHENTICATION_FAILED, message);
    }
}
