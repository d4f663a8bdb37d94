package dev.sluice.notifier.provider;

import dev.sluice.tls.TlsMaterial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As whom a service is told. Shows nothing of itself.
 *
 * @param username empty for none
 * @param password empty for none
 * @param token empty for none
 * @param headers to send along
 * @param secret the whole Secret, for what only some services know
 * @param proxy empty for none
 * @param tls certificates to show and to trust
 */
public record Access(
        String username,
        String password,
        String token,
        Map<String, String> headers,
        Map<String, byte[]> secret,
        String proxy,
        TlsMaterial tls) {

    private static final int SHORTEST_MASKED = 4;

    public static final Access NONE =
            new Access("", "", "", Map.of(), Map.of(), "", TlsMaterial.NONE);

    public Access {
        headers = Map.copyOf(headers);
        secret = new LinkedHashMap<>(secret);
    }

    /** The same certificates and proxy, as somebody else. */
    Access as(String otherUsername, String otherToken) {
        return new Access(otherUsername, password, otherToken, headers, secret, proxy, tls);
    }

    /** A text in which nothing of the credentials is left. */
    public String masked(String text) {
        List<String> hidden = new ArrayList<>(List.of(password, token, proxy));
        hidden.addAll(headers.values());
        String shown = text;
        for (String value : hidden) {
            if (value.length() >= SHORTEST_MASKED) {
                shown = shown.replace(value, "***");
            }
        }
        return shown;
    }

    @Override
    public String toString() {
        return "Access";
    }
}
