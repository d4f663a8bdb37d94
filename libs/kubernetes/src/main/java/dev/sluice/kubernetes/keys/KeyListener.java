package dev.sluice.kubernetes.keys;

import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.sealing.KeyRequest;

/** What a service does about its Secret. A port. Called by one thread at a time. */
public interface KeyListener {

    /** An operator asks for something that was not done yet. */
    void asked(KeyRequest request) throws KubernetesException;

    /** Somebody changed the Secret, perhaps this service itself. */
    void changed() throws KubernetesException;
}
