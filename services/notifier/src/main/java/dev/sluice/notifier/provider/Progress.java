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

    /** The connection stands and the request is being written to it: the service may have it. */
    void handedOver();

    /** The service has had it for a while and does not answer: it may never. */
    void unanswered();
}
