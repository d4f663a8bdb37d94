package dev.sluice.sops.kms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 for requests to the path {@code /} without a query.
 *
 * @param region for example {@code eu-west-1}
 * @param service for example {@code kms}
 */
record AwsSignature(String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The time as the header {@code X-Amz-Date} has it. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /**
     * The value of the {@code Authorization} header.
     *
     * @param headers all that are signed, names in lower case; {@code host} and {@code x-amz-date}
     *     at least
     */
    String authorization(
            String method, SortedMap<String, String> headers, byte[] body, AwsKeys keys) {
        String time = String.valueOf(headers.get("x-amz-date"));
        String date = time.substring(0, 8);
        String scope = date + '/' + region + '/' + service + "/aws4_request";
        StringBuilder canonical = new StringBuilder(method).append("\n/\n\n");
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.strip()).append('\n'));
        String signed = String.join(";", headers.keySet());
        canonical.append('\n').append(signed).append('\n').append(sha256(body));
        String toSign =
                ALGORITHM
                        + '\n'
                        + time
                        + '\n'
                        + scope
                        + '\n'
                        + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + keys.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {date, region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        String signature = HexFormat.of().formatHex(hmac(key, toSign));
        return ALGORITHM
                + " Credential="
                + keys.accessKeyId()
                + '/'
                + scope
                + ", SignedHeaders="
                + signed
                + ", Signature="
                + signature;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
