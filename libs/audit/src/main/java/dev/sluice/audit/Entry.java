package dev.sluice.audit;

import org.jspecify.annotations.Nullable;

/**
 * A sealed record as the verification remembers it.
 *
 * @param digest of it as it is now; empty where it was changed, so that the next one's link to it
 *     is not held against that one
 */
record Entry(Link link, String place, String key, String event, String digest) {

    long number() {
        return link.number();
    }

    Link.@Nullable Previous previous() {
        return link.previous();
    }

    Finding finding(Finding.Kind kind, String message) {
        return new Finding(kind, place, key, event, message);
    }
}
