package dev.sluice.applier.helm;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.kubernetes.KubernetesException;
import java.io.IOException;

/**
 * Opens what the decryptor sealed, and reads charts. A port to the applier's own store and keys.
 */
public interface ReleaseContents {

    /**
     * @throws IOException where it is not the decryptor's word, or damaged, or gone
     */
    ReleasePlan open(DeliveryRevealed event) throws IOException, KubernetesException;

    byte[] chart(ReleasePlan plan) throws IOException;
}
