package dev.sluice.fluxapi.crd;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.image.ImagePolicy;
import dev.sluice.fluxapi.image.ImageRepository;
import dev.sluice.fluxapi.image.ImageUpdateAutomation;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.notification.Alert;
import dev.sluice.fluxapi.notification.Provider;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.fluxapi.quota.TenantQuota;
import dev.sluice.fluxapi.source.ArtifactGenerator;
import dev.sluice.fluxapi.source.Bucket;
import dev.sluice.fluxapi.source.ExternalArtifact;
import dev.sluice.fluxapi.source.GitRepository;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.fluxapi.source.OCIRepository;
import dev.sluice.fluxapi.window.MaintenanceWindow;
import java.util.List;

/** The kinds that Sluice serves, in the order in which their definitions are written. */
public final class FluxKinds {

    public static final List<Class<? extends FluxObject>> ALL =
            List.of(
                    GitRepository.class,
                    OCIRepository.class,
                    Bucket.class,
                    HelmRepository.class,
                    HelmChart.class,
                    ExternalArtifact.class,
                    ArtifactGenerator.class,
                    Kustomization.class,
                    HelmRelease.class,
                    Provider.class,
                    Alert.class,
                    Receiver.class,
                    ImageRepository.class,
                    ImagePolicy.class,
                    ImageUpdateAutomation.class,
                    MaintenanceWindow.class,
                    TenantQuota.class);

    private FluxKinds() {}
}
