package dev.sluice.renderer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.SourceChanged;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;

/** Chooses the chart and the plain values of a HelmRelease. */
final class HelmPlan {

    private HelmPlan() {}

    static KubernetesObject of(WantedDelivery wanted, SourceChanged source)
            throws InvalidObjectException {
        String kind = source.source().kind();
        ReleasePlan.Oci oci =
                kind.equals("HelmChart")
                        ? null
                        : ReleasePlan.Oci.of(source.artifact().revision()).orElse(null);
        ObjectNode values =
                wanted.spec().path("values") instanceof ObjectNode given
                        ? given
                        : JsonNodeFactory.instance.objectNode();
        return new ReleasePlan(
                        source.artifact().digest(), source.artifact().revision(), oci, values)
                .toObject(wanted.id().namespace(), wanted.id().name());
    }
}
