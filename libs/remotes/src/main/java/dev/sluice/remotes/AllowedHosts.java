package dev.sluice.remotes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The hosts that may be asked.
 *
 * <p>A name stands for itself alone, not for what lies below it, and for https on its usual port;
 * {@code host:port} stands for that port, and {@code http://host:port} for plain http. Addresses of
 * this machine are refused unless such a one is allowed by its own name, whatever a name resolves
 * to.
 */
public final class AllowedHosts {

    private final Set<String> allowed;
    private final boolean anyPublic;

    /**
     * @param names such as {@code github.com}; none: every host is refused
     */
    public AllowedHosts(Set<String> names) {
        this(names, false);
    }

    private AllowedHosts(Set<String> names, boolean anyPublic) {
        this.anyPublic = anyPublic;
        this.allowed =
                names.stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Every host that https reaches, but for this machine and its own network. */
    public static AllowedHosts anyPublic() {
        return new AllowedHosts(Set.of(), true);
    }

    /**
     * @throws IOException where a URL may not be asked; the message says why and what would allow
     *     it
     */
    void require(URI url) throws IOException {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            throw new IOException("the URL names no host");
        }
        if (url.getRawUserInfo() != null) {
            throw new IOException(
                    "the URL holds a user or a password; neither is taken from a kustomization");
        }
        String name = host.toLowerCase(Locale.ROOT);
        String place = url.getPort() < 0 ? name : name + ":" + url.getPort();
        String wanted =
                switch (scheme) {
                    case "https" -> place;
                    case "http" -> "http://" + place;
                    default -> throw new IOException("only https is fetched, not " + scheme);
                };
        if (allowed.contains(wanted)) {
            if (!isOfThisMachine(name)) {
                refuse(name, address -> isOwn(address));
            }
            return;
        }
        if (!anyPublic || !scheme.equals("https")) {
            throw new IOException("the host is not allowed; allow it by its name: " + wanted);
        }
        refuse(name, address -> isOwn(address) || address.isSiteLocalAddress());
    }

    private static boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
    }

    private static void refuse(String name, Predicate<InetAddress> refused) throws IOException {
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                if (refused.test(address)) {
                    throw new IOException(
                            name + " is an address of this machine or of its own network");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + name, e);
        }
    }

    /** Such a name, allowed, is meant. */
    private static boolean isOfThisMachine(String name) {
        return isLiteral(name) || name.equals("localhost");
    }

    private static boolean isLiteral(String name) {
        return name.startsWith("[")
                || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
