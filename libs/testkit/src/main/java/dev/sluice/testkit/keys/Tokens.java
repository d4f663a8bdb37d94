package dev.sluice.testkit.keys;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What token services answer. Each token tells what it was given for. */
final class Tokens {
    private static final Pattern ROLE = Pattern.compile("RoleArn=([^&]+)");
    private static final Pattern GRANT = Pattern.compile("grant_type=([^&]+)");

    private Tokens() {}

    /** STS, whose answers are XML. */
    static String awsRole(String form) {
        String action = form.contains("WebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole";
        return """
        <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
        <AccessKeyId>ASIA%2$s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
        </Credentials></%1$sResult></%1$sResponse>\
        """
                .formatted(action, first(ROLE, form).replaceAll("[^A-Za-z0-9]", ""));
    }

    static String token(String path, String form) {
        if (path.endsWith(":generateAccessToken")) {
            return "{\"accessToken\":\"impersonated\"}";
        }
        String grant = first(GRANT, form).replaceAll(".*:", "");
        return "{\"access_token\":\""
                + (grant.isEmpty() ? "machine" : grant)
                + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    }

    private static String first(Pattern pattern, String form) {
        Matcher matcher = pattern.matcher(form);
        return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : "";
    }
}
