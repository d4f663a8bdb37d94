package dev.sluice.helm.worker;

import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import java.time.Duration;
import java.util.List;

/**
 * What a worker asks for in the middle of an action. A port: the applier answers in production,
 * tests as they need. Each question is asked on a virtual thread of its own.
 */
public interface HelmQuestions {

    /**
     * The manifest, after the release's post-renderers.
     *
     * @throws QuestionException where one of them fails
     */
    String postRender(String manifest) throws QuestionException;

    /**
     * Returns when the objects are ready.
     *
     * @param jobs whether Jobs must have completed
     * @throws QuestionException where they are not within the time, or cannot become so
     */
    void awaitReady(List<ObjectRef> objects, boolean jobs, Duration limit)
            throws QuestionException, InterruptedException;

    /** The answer is a failure; its message goes to the user. */
    final class QuestionException extends Exception {
        private static final long serialVersionUID = 1L;

        public QuestionException(String message) {
            super(message);
        }
    }
}
