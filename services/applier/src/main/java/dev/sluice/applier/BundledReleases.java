package dev.sluice.applier;

import dev.sluice.applier.helm.ReleaseContents;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What releases consist of: the plan in a sealed bundle, the chart in the artifact store. */
record BundledReleases(Bundles bundles, ArtifactStore store) implements ReleaseContents {

    @Override
    public ReleasePlan open(DeliveryRevealed event) throws IOException, KubernetesException {
        try {
            List<KubernetesObject> objects = bundles.open(event);
            if (objects.size() == 1) {
                return ReleasePlan.of(objects.getFirst());
            }
            throw new IOException("the bundle holds no release plan");
        } catch (RefusedBundleException | InvalidObjectException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] chart(ReleasePlan plan) throws IOException {
        try (InputStream archive = store.archive(new Digest(plan.artifact()))) {
            return archive.readAllBytes();
        }
    }
}
