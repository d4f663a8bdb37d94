package dev.sluice.notifier.provider;

/** Tells one kind of service. Keeps nothing between calls, so one serves all Providers. */
public interface Messenger {

    /**
     * Tells the service. Telling it twice must be avoided, but does no harm.
     *
     * @param target which service, and as whom
     * @param exchange does the HTTP requests
     * @throws TellException where the service was not told
     */
    void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException;
}
