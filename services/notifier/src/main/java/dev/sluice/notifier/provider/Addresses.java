package dev.sluice.notifier.provider;

import java.net.URI;

/** Parts of addresses. */
final class Addresses {

    private Addresses() {}

    static URI uri(String address) throws TellException {
        try {
            URI uri = URI.create(address);
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                throw TellException.later("the Provider's address is no URL with a host");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw TellException.later("the Provider's address is no URL");
        }
    }

    /** Scheme, host and port. */
    static String origin(String address) throws TellException {
        URI uri = uri(address);
        return uri.getScheme() + "://" + hostAndPort(uri);
    }

    static String hostAndPort(URI uri) {
        String authority = uri.getRawAuthority();
        return authority.substring(authority.indexOf('@') + 1);
    }
}
