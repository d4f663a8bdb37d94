package dev.sluice.fetcher.helm;

import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.fetcher.oci.CosignCheck;
import dev.sluice.fetcher.oci.ImageName;
import dev.sluice.fetcher.oci.Manifest;
import dev.sluice.fetcher.oci.OciSettings;
import dev.sluice.fetcher.oci.RegistryAccess;
import dev.sluice.fetcher.oci.RegistryClient;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.fluxapi.source.OCIRepository;
import dev.sluice.helm.chart.ChartIndex;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.helm.version.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds and pulls charts of HelmRepositories of type {@code oci}: each chart is a repository below
 * the address, each tag a version, with {@code _} for the {@code +} that a tag can't have.
 */
final class ChartRegistries {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);
    private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final String OLD_CHART = "application/tar+gzip";

    private final RegistryClient registry;
    private final OciSettings settings;
    private final CosignCheck signatures;
    private final ChartLimits limits;

    ChartRegistries(RegistryClient registry, SourceSecrets secrets, ChartLimits limits) {
        this.registry = registry;
        this.settings = new OciSettings(secrets);
        this.signatures = new CosignCheck(registry, secrets);
        this.limits = limits;
    }

    /** A chart's place in its registry, and how it is reached. */
    record Place(RegistryAccess access, ImageName name) {}

    /** A chart as it came, with the signature that was found good where one was asked for. */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Pulled(byte[] archive, Optional<Outcome.Verified> verified) {}

    Place place(HelmRepository repository, String chart) throws BuildFailure {
        HelmRepository.Spec spec = repository.spec();
        String url = spec.url().replaceFirst("/+$", "") + '/' + chart;
        ImageName name =
                ImageName.parse(url)
                        .orElseThrow(() ->
                                new BuildFailure(
                                        Reason.REFERENCE, "'" + url + "' is not oci://host/path"));
        OciSettings.Wish wish =
                new OciSettings.Wish(
                        repository.metadata().namespace(),
                        spec.provider(),
                        spec.secretRef(),
                        null,
                        spec.certSecretRef(),
                        null,
                        spec.insecure(),
                        spec.timeout() == null ? DEFAULT_TIMEOUT : spec.timeout().toDuration());
        try {
            return new Place(settings.access(wish, name), name);
        } catch (SourceException e) {
            throw new BuildFailure(Reason.AUTHENTICATION, e.getMessage());
        }
    }

    /** The version of a chart that a range takes; an exact one is not looked up. */
    ChartIndex.Entry find(Place place, String chart, String range)
            throws BuildFailure, InterruptedException {
        if (Version.parse(range).isPresent()) {
            return entry(chart, range);
        }
        List<ChartIndex.Entry> entries;
        try {
            entries =
                    registry.tags(place.access(), place.name()).stream()
                            .map(tag -> entry(chart, tag.replace('_', '+')))
                            .toList();
        } catch (IOException e) {
            throw new BuildFailure(
                    Reason.PULL,
                    "the versions of " + place.name() + " can't be listed: " + e.getMessage());
        }
        return ChartRepositories.best(entries, chart, range);
    }

    private static ChartIndex.Entry entry(String chart, String version) {
        return new ChartIndex.Entry(chart, version, "", List.of());
    }

    /**
     * The packed chart.
     *
     * @param wish the signature that it must have; null for none
     */
    Pulled pull(
            Place place, String version, HelmChart object, HelmChart.@Nullable Verification wish)
            throws BuildFailure, InterruptedException {
        try {
            Manifest manifest =
                    registry.manifest(place.access(), place.name(), version.replace('+', '_'));
            Manifest.Layer layer =
                    manifest.layers().stream()
                            .filter(one ->
                                    one.mediaType().equals(CHART)
                                            || one.mediaType().equals(OLD_CHART))
                            .findFirst()
                            .orElseThrow(() -> new IOException("it is no Helm chart"));
            Optional<Outcome.Verified> verified = verified(place, manifest.digest(), object, wish);
            return new Pulled(
                    registry.blob(
                            place.access(), place.name(), layer, Math.toIntExact(limits.archive())),
                    verified);
        } catch (IOException e) {
            throw new BuildFailure(
                    Reason.PULL,
                    "failed to pull chart " + place.name() + ':' + version + ": " + e.getMessage());
        }
    }

    private Optional<Outcome.Verified> verified(
            Place place, String digest, HelmChart object, HelmChart.@Nullable Verification wish)
            throws BuildFailure, InterruptedException {
        if (wish == null) {
            return Optional.empty();
        }
        try {
            return signatures.check(
                    object.metadata().namespace(),
                    new OCIRepository.Verification(
                            wish.provider(), wish.secretRef(), wish.matchOIDCIdentity(), null),
                    new CosignCheck.Subject(place.access(), place.name(), digest));
        } catch (SourceException e) {
            throw new BuildFailure(Reason.VERIFICATION, e.getMessage());
        }
    }
}
