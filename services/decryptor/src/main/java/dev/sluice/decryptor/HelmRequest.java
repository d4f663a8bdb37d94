package dev.sluice.decryptor;

import dev.sluice.events.DeliveryRendered;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.ValuesReference;
import java.time.Duration;
import java.util.List;

/** A rendered HelmRelease with its spec read. */
record HelmRequest(DeliveryRendered rendered, HelmReleaseSpec spec) implements Wanted {

    static final String KIND = "HelmRelease";

    /** All Secrets and ConfigMaps that hold values of the release. */
    List<NamedObject> named() {
        return spec.valuesFrom().stream().map(this::named).distinct().toList();
    }

    @Override
    public Duration retryInterval() {
        return spec.interval().toDuration();
    }

    NamedObject named(ValuesReference reference) {
        return new NamedObject(reference.kind(), rendered.delivery().namespace(), reference.name());
    }
}
