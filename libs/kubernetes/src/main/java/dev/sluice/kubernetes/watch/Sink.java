package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.KubernetesFailure;

/**
 * Takes what a {@link ListWatch} sees, on the thread that runs it: a whole listing between {@link
 * #begin} and {@link #complete}, then changes. After another {@link #begin} everything that is not
 * {@link #present} again before {@link #complete} is gone.
 */
public interface Sink {

    void begin();

    /** The object is there, as it is now: new, changed or unchanged. */
    void present(ObjectNode object);

    void complete();

    /** The object is gone; the tree is its last state. */
    void gone(ObjectNode object);

    /** The objects may not be listed or watched; it is tried again, but do not count on it. */
    default void refused(KubernetesFailure failure) {}

    /** True once nothing more is wanted. Asked after each of the others. */
    default boolean done() {
        return false;
    }
}
