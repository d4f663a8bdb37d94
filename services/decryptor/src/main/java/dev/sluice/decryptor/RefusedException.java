package dev.sluice.decryptor;

import dev.sluice.events.Reason;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;

/**
 * A delivery cannot be revealed as things are. The message tells what to do and holds no secret.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean passing;

    private RefusedException(Reason reason, boolean passing, String message) {
        super(message);
        this.reason = reason;
        this.passing = passing;
    }

    /** Something must change. */
    static RefusedException forGood(Reason reason, String message) {
        return new RefusedException(reason, false, message);
    }

    /** It may go better later. */
    static RefusedException forNow(Reason reason, String message) {
        return new RefusedException(reason, true, message);
    }

    /**
     * What the cluster says no to.
     *
     * @param otherwise the reason where it is not a matter of rights
     * @throws KubernetesException where it said neither yes nor no
     */
    static RefusedException byCluster(KubernetesException e, Reason otherwise, String what)
            throws KubernetesException {
        if (e.failure().sort().passing()) {
            throw e;
        }
        return forNow(
                e.is(KubernetesFailure.Sort.FORBIDDEN) ? Reason.ACCESS_DENIED : otherwise,
                what + " cannot be read: " + e.getMessage());
    }

    Reason reason() {
        return reason;
    }

    boolean passing() {
        return passing;
    }
}
