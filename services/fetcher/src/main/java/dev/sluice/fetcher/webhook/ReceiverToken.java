package dev.sluice.fetcher.webhook;

/**
 * What the Secret of a Receiver holds.
 *
 * @param email of the account that calls, for {@code gcr}; empty for any
 * @param audience of the tokens that callers show, for {@code gcr}; empty for the Receiver's own
 *     address
 */
record ReceiverToken(String token, String email, String audience) {

    /** Nothing is shown. */
    @Override
    public String toString() {
        return "ReceiverToken";
    }
}
