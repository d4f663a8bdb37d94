package dev.sluice.sops.kms;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The Vault and OpenBao servers that credentials may be sent to.
 *
 * @param logins by address, the path at which a service account's token is exchanged for one of
 *     Vault's ({@code auth/kubernetes/login}); empty where only tokens of key Secrets are used
 * @param loopback whether servers of this machine are allowed too
 */
public record VaultAddresses(Map<String, String> logins, boolean loopback) {
    private static final Pattern LOOPBACK =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

    public VaultAddresses {
        logins = Map.copyOf(logins);
    }

    /**
     * As settings have them.
     *
     * @param settings each an address, or an address, {@code =} and a login path
     */
    public static VaultAddresses parse(Collection<String> settings) {
        Map<String, String> logins = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String address = equals < 0 ? setting : setting.substring(0, equals);
            logins.put(
                    withoutSlash(address.strip()),
                    equals < 0 ? "" : setting.substring(equals + 1).strip());
        }
        return new VaultAddresses(logins, false);
    }

    /** These, and whatever listens on this machine: for a command that a person runs there. */
    public VaultAddresses andLoopback() {
        return new VaultAddresses(logins, true);
    }

    boolean allows(String address) {
        return logins.containsKey(address) || (loopback && LOOPBACK.matcher(address).matches());
    }

    /** Where to log in at an address, if one may. */
    Optional<String> login(String address) {
        return Optional.ofNullable(logins.get(address)).filter(path -> !path.isEmpty());
    }

    static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
