package dev.sluice.notifier.provider;

/**
 * Learns how far an attempt has come, for the case that the process ends in the middle of it. Told
 * of requests that change something; called by any thread.
 */
public interface Progress {

    Progress UNSEEN =
            new Progress() {
                @Override
                public void handedOver() {}

                @Override
                public void unanswered() {}
            };

    /** The request is written to the connection: the service will have it, if it takes any. */
    void handedOver();

    /** The service has had it for a while and does not answer: it may never. */
    void unanswered();
}
