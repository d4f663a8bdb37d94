package dev.sluice.fetcher.bucket;

import dev.sluice.artifacts.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 of requests to S3 without a body.
 *
 * @param region for example {@code eu-west-1}
 */
record S3Signature(String region, S3Keys keys) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String EMPTY = Digest.of(new byte[0]).hex();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The headers that sign a request.
     *
     * @param uri with its path and query encoded, the query's parameters in order of their names
     */
    Map<String, String> headers(String method, URI uri, Instant now) {
        if (keys.isAnonymous()) {
            return Map.of();
        }
        String time = TIME.format(now);
        TreeMap<String, String> signed = new TreeMap<>();
        signed.put("host", uri.getRawAuthority());
        signed.put("x-amz-content-sha256", EMPTY);
        signed.put("x-amz-date", time);
        if (!keys.sessionToken().isEmpty()) {
            signed.put("x-amz-security-token", keys.sessionToken());
        }
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder(method).append('\n');
        canonical.append(uri.getRawPath()).append('\n');
        canonical.append(uri.getRawQuery() == null ? "" : uri.getRawQuery()).append('\n');
        signed.forEach(
                (name, value) -> canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(EMPTY);
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String toSign =
                String.join(
                        "\n",
                        ALGORITHM,
                        time,
                        scope,
                        Digest.of(canonical.toString().getBytes(StandardCharsets.UTF_8)).hex());
        byte[] key = ("AWS4" + keys.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = code(key, part);
        }
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(
                                ALGORITHM,
                                keys.accessKey(),
                                scope,
                                names,
                                HexFormat.of().formatHex(code(key, toSign))));
        return headers;
    }

    private static byte[] code(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has HmacSHA256", e);
        }
    }
}
