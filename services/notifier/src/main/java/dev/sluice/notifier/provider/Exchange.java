package dev.sluice.notifier.provider;

import java.time.Clock;
import java.time.Instant;

/** Does HTTP requests for one attempt to tell a service. */
public interface Exchange {

    /**
     * Sends a request and takes the answer, whatever its status.
     *
     * @throws TellException where there is no answer in time
     */
    Answer send(Request request) throws TellException, InterruptedException;

    /** The time of this attempt, for what is signed with a time. */
    default Instant now() {
        return Clock.systemUTC().instant();
    }

    /**
     * Sends a request that the service has to accept.
     *
     * @throws TellException where there is no answer, or one outside 200 to 299
     */
    default Answer demand(Request request) throws TellException, InterruptedException {
        Answer answer = send(request);
        answer.check();
        return answer;
    }
}
