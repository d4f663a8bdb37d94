package dev.sluice.notifier.provider;

import java.time.Duration;

/**
 * One service as a Provider describes it, with what its Secrets say.
 *
 * @param type of the Provider
 * @param uid of the Provider
 * @param address of the service; empty for none
 * @param channel a room, a routing key, a topic; empty for none
 * @param access as whom
 * @param commitStatus the name of the commit status; empty where the service has none
 * @param timeout of one attempt
 */
public record Target(
        String type,
        String uid,
        String address,
        String channel,
        Access access,
        String commitStatus,
        Duration timeout) {

    private static final int SHORTEST_MASKED = 8;

    /** The same, told as somebody else. */
    Target as(String username, String token) {
        return new Target(
                type, uid, address, channel, access.as(username, token), commitStatus, timeout);
    }

    /** The address, which must be there. */
    String requiredAddress() throws TellException {
        if (address.isEmpty()) {
            throw TellException.later(
                    "the Provider has no address: set spec.address, or address in its Secret");
        }
        return address;
    }

    /** The token, which must be there; a password is one too. */
    String requiredToken() throws TellException {
        String token = access.token().isEmpty() ? access.password() : access.token();
        if (token.isEmpty()) {
            throw TellException.later("the Provider has no token: set token in its Secret");
        }
        return token;
    }

    String requiredChannel() throws TellException {
        if (channel.isEmpty()) {
            throw TellException.later("the Provider has no spec.channel");
        }
        return channel;
    }

    /** A text in which nothing of the credentials is left; an address may be one. */
    public String masked(String text) {
        String shown = access.masked(text);
        int authority = address.indexOf("://");
        int path = address.indexOf('/', authority < 0 ? 0 : authority + 3);
        if (path >= 0 && address.length() - path >= SHORTEST_MASKED) {
            shown = shown.replace(address.substring(path), "/***");
        }
        return shown;
    }

    /** Without credentials; an address may be one. */
    @Override
    public String toString() {
        return "Target[" + type + "]";
    }
}
