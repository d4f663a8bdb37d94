package dev.sluice.decryptor;

import dev.sluice.events.DeliveryRendered;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.PostBuild;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.SubstituteSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rendered delivery with its spec read.
 *
 * @param rendered what is to be revealed
 * @param spec that it was rendered for
 */
record RevealRequest(DeliveryRendered rendered, KustomizationSpec spec) implements Wanted {

    /** The Secret with the keys, where the delivery names one. */
    Optional<NamedObject> keySecret() {
        KustomizationSpec.@Nullable Decryption decryption = spec.decryption();
        return decryption == null || decryption.secretRef() == null
                ? Optional.empty()
                : Optional.of(named(NamedObject.SECRET, decryption.secretRef().name()));
    }

    /** The service account in whose name key services are asked, where the delivery names one. */
    Optional<NamedObject> account() {
        KustomizationSpec.@Nullable Decryption decryption = spec.decryption();
        return decryption == null
                        || decryption.serviceAccountName() == null
                        || decryption.serviceAccountName().isEmpty()
                ? Optional.empty()
                : Optional.of(named(NamedObject.SERVICE_ACCOUNT, decryption.serviceAccountName()));
    }

    /** What variables come from, in order: later ones win. */
    List<SubstituteSource> variableSources() {
        PostBuild postBuild = spec.postBuild();
        return postBuild == null ? List.of() : postBuild.substituteFrom();
    }

    NamedObject named(SubstituteSource source) {
        return named(source.kind(), source.name());
    }

    @Override
    public Duration retryInterval() {
        return (spec.retryInterval() == null ? spec.interval() : spec.retryInterval()).toDuration();
    }

    private NamedObject named(String kind, String name) {
        return new NamedObject(kind, rendered.delivery().namespace(), name);
    }
}
