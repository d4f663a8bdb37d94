package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.TarReader;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fetcher.tree.Spool;
import dev.sluice.fetcher.tree.WorkTree;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.source.OCIRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at an OCI artifact in a registry and stores what is wanted of it. */
public final class OciSource implements SourceType<OCIRepository> {

    private static final SourceKind<OCIRepository> KIND = SourceKind.of(OCIRepository.class);
    private static final String LAYER_FAILED = "OCIArtifactLayerOperationFailed";
    private static final String PULL_FAILED = "OCIArtifactPullFailed";

    private final RegistryClient registry;
    private final OciSettings settings;
    private final CosignCheck signatures;
    private final ArtifactStore store;
    private final SourceLimits limits;

    public OciSource(
            RegistryClient registry,
            SourceSecrets secrets,
            ArtifactStore store,
            SourceLimits limits) {
        this.registry = registry;
        this.settings = new OciSettings(secrets);
        this.signatures = new CosignCheck(registry, secrets);
        this.store = store;
        this.limits = limits;
    }

    @Override
    public SourceKind<OCIRepository> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(OCIRepository object) {
        return object.spec().suspend();
    }

    @Override
    public Duration interval(OCIRepository object) {
        return object.spec().interval().toDuration();
    }

    @Override
    public Outcome look(Source<OCIRepository> source) throws InterruptedException {
        OCIRepository object = source.object();
        Artifact last = source.artifact();
        boolean there = last != null && store.isThere(last.digest());
        try {
            ImageName name =
                    ImageName.parse(object.spec().url())
                            .orElseThrow(() -> urlInvalid(object.spec().url()));
            RegistryAccess access = access(object, name);
            Wanted wanted = wanted(object, access, name);
            Optional<Outcome.Verified> known = CosignCheck.known(source);
            boolean trusted = object.spec().verify() == null || known.isPresent();
            if (there && trusted && isSame(object, wanted)) {
                return new Outcome.Unchanged(report(object, wanted, known.orElse(null)));
            }
            return build(object, access, name, wanted);
        } catch (SourceException e) {
            return e.outcome(!there);
        } catch (ArtifactRefusedException | IOException e) {
            return SourceException.notStored(e).outcome(!there);
        }
    }

    private RegistryAccess access(OCIRepository object, ImageName name) throws SourceException {
        OCIRepository.Spec spec = object.spec();
        return settings.access(
                new OciSettings.Wish(
                        object.metadata().namespace(),
                        spec.provider(),
                        spec.secretRef(),
                        spec.serviceAccountName(),
                        spec.certSecretRef(),
                        spec.proxySecretRef(),
                        spec.insecure(),
                        spec.timeout().toDuration()),
                name);
    }

    /** What the reference stands for now. */
    private record Wanted(String digest, String revision) {}

    private Wanted wanted(OCIRepository object, RegistryAccess access, ImageName name)
            throws SourceException, InterruptedException {
        OciReference reference = OciReference.of(object.spec().ref());
        String tag = "";
        if (reference instanceof OciReference.BySemver semver) {
            try {
                tag = semver.choose(registry.tags(access, name));
            } catch (IOException e) {
                throw failed("ReadOperationFailed", "unable to list the tags", object, e);
            }
        }
        try {
            return switch (reference) {
                case OciReference.ByDigest(String digest) -> new Wanted(digest, digest);
                case OciReference.ByTag(String named) -> tagged(access, name, named);
                case OciReference.BySemver semver -> tagged(access, name, tag);
            };
        } catch (IOException e) {
            throw failed(PULL_FAILED, "unable to find the digest", object, e);
        }
    }

    private Wanted tagged(RegistryAccess access, ImageName name, String tag)
            throws IOException, InterruptedException {
        String digest = registry.digest(access, name, tag);
        return new Wanted(digest, tag + "@" + digest);
    }

    private static boolean isSame(OCIRepository object, Wanted wanted) {
        OCIRepository.Status status = object.status();
        Artifact artifact = status == null ? null : status.artifact();
        return status != null
                && artifact != null
                && artifact.revision().equals(wanted.revision())
                && Objects.equals(status.observedIgnore(), object.spec().ignore())
                && Objects.equals(status.observedLayerSelector(), object.spec().layerSelector());
    }

    private Outcome build(
            OCIRepository object, RegistryAccess access, ImageName name, Wanted wanted)
            throws SourceException, IOException, ArtifactRefusedException, InterruptedException {
        Outcome.Verified verified =
                signatures
                        .check(
                                object.metadata().namespace(),
                                object.spec().verify(),
                                new CosignCheck.Subject(access, name, wanted.digest()))
                        .orElse(null);
        ArtifactLimits allowed = limits.of(object.metadata().namespace());
        Path blob = store.scratchFile();
        try {
            Manifest manifest = manifest(object, access, name, wanted);
            Manifest.Layer layer = layer(object, manifest);
            try {
                registry.download(access, name, layer, blob, allowed.bytes());
            } catch (IOException e) {
                throw failed(PULL_FAILED, "unable to fetch the layer", object, e);
            }
            ArtifactManifest stored =
                    isCopy(object) ? store.saveFile(blob, allowed) : extract(object, blob, allowed);
            String file = wanted.digest().substring(wanted.digest().indexOf(':') + 1) + ".tar.gz";
            return new Outcome.Stored(
                    new Outcome.NewArtifact(
                            wanted.revision(), file, stored, manifest.annotations()),
                    report(object, wanted, verified),
                    Outcome.Event.newArtifact(told(object, wanted, manifest)),
                    null);
        } finally {
            Files.deleteIfExists(blob);
        }
    }

    private Manifest manifest(
            OCIRepository object, RegistryAccess access, ImageName name, Wanted wanted)
            throws SourceException, InterruptedException {
        try {
            return registry.manifest(access, name, wanted.digest());
        } catch (IOException e) {
            throw failed(PULL_FAILED, "unable to fetch the manifest", object, e);
        }
    }

    private static Manifest.Layer layer(OCIRepository object, Manifest manifest)
            throws SourceException {
        OCIRepository.LayerSelector selector = object.spec().layerSelector();
        String type = selector == null ? "" : Absent.value(selector.mediaType(), "");
        return manifest.layers().stream()
                .filter(layer -> type.isEmpty() || layer.mediaType().equals(type))
                .findFirst()
                .orElseThrow(() ->
                        new SourceException(
                                ConditionTypes.FETCH_FAILED,
                                LAYER_FAILED,
                                type.isEmpty()
                                        ? "the artifact has no layers"
                                        : "the artifact has no layer of type '%s'"
                                                .formatted(type)));
    }

    private static boolean isCopy(OCIRepository object) {
        OCIRepository.LayerSelector selector = object.spec().layerSelector();
        return selector != null && "copy".equals(selector.operation());
    }

    private ArtifactManifest extract(OCIRepository object, Path blob, ArtifactLimits allowed)
            throws SourceException, IOException, ArtifactRefusedException {
        WorkTree tree = new WorkTree();
        try (Spool spool = new Spool(store.scratchFile())) {
            try (InputStream in = Files.newInputStream(blob)) {
                TarReader.read(in, allowed, (entry, content) -> take(tree, spool, entry, content));
            } catch (IOException | ArtifactRefusedException e) {
                throw new SourceException(
                        ConditionTypes.FETCH_FAILED,
                        LAYER_FAILED,
                        "unable to unpack the layer: " + e.getMessage());
            }
            return store.save(tree.collect(object.spec().ignore(), allowed));
        }
    }

    private static void take(WorkTree tree, Spool spool, TarReader.Entry entry, InputStream content)
            throws IOException, ArtifactRefusedException {
        if (entry.isDirectory()) {
            tree.addDirectoryAt(entry.path());
        } else {
            Spool.Kept kept = spool.keep(content);
            tree.addFileAt(entry.path(), entry.executable(), kept.size(), kept.content());
        }
    }

    private static Outcome.Report report(
            OCIRepository object, Wanted wanted, Outcome.@Nullable Verified verified) {
        ObjectNode observed =
                FluxJson.write(
                        new OCIRepository.Status(
                                null,
                                null,
                                List.of(),
                                null,
                                null,
                                object.spec().ignore(),
                                object.spec().layerSelector()));
        return Outcome.Report.succeeded(
                "stored artifact for digest '" + wanted.revision() + "'", verified, observed);
    }

    private static String told(OCIRepository object, Wanted wanted, Manifest manifest) {
        String from =
                manifest.annotations()
                        .getOrDefault("org.opencontainers.image.source", object.spec().url());
        String origin = manifest.annotations().get(Annotations.ORIGIN_REVISION);
        return "stored artifact with revision '%s' from '%s'".formatted(wanted.revision(), from)
                + (origin == null ? "" : ", origin revision '%s'".formatted(origin));
    }

    private static SourceException urlInvalid(String url) {
        return SourceException.stalled(
                ConditionTypes.FETCH_FAILED,
                "URLInvalid",
                "spec.url '%s' is not oci://host/path without a tag".formatted(url));
    }

    private static SourceException failed(
            String reason, String what, OCIRepository object, IOException problem) {
        return new SourceException(
                ConditionTypes.FETCH_FAILED,
                reason,
                "%s of '%s': %s".formatted(what, object.spec().url(), problem.getMessage()));
    }
}
