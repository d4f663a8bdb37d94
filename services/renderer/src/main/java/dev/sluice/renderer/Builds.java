package dev.sluice.renderer;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.ArtifactRef;
import dev.sluice.events.BundleRef;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Stage;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.pipeline.FairGate;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.rendering.Rendering;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders deliveries: again what was rendered last, where a build would read the same, or by a
 * build. Builds need the processor and nothing else, so each namespace has as many at once as there
 * are processors, and another finds room beside them.
 */
final class Builds {

    private static final Logger LOG = LoggerFactory.getLogger(Builds.class);

    private final ArtifactStore store;
    private final ReadSets readSets;
    private final TenantLimits limits;
    private final ExecutorService pool;
    private final FairGate gate;

    Builds(
            ArtifactStore store,
            ReadSets readSets,
            TenantLimits limits,
            ExecutorService pool,
            FairGate gate) {
        this.store = store;
        this.readSets = readSets;
        this.limits = limits;
        this.pool = pool;
        this.gate = gate;
    }

    /**
     * Renders.
     *
     * @return {@link DeliveryRendered}, or {@link DeliveryFailed} where the folder cannot be built
     * @throws IOException where the store cannot be read or written
     */
    DeliveryEvent render(RenderDecision.Render wanted) throws IOException, InterruptedException {
        if (wouldReuse(wanted)) {
            DeliveryRendered last = wanted.reusable().orElseThrow();
            return rendered(wanted, last.bundle(), last.needsKeys(), last.readSet());
        }
        try (FairGate.Permit _ = gate.enter(wanted.wanted().id().namespace())) {
            return pool.submit(() -> build(wanted)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            LOG.atError()
                    .setCause(e.getCause())
                    .addKeyValue("target", wanted.wanted().id())
                    .log("a build failed by a fault of its own");
            return failed(
                    wanted,
                    Reason.INTERNAL_ERROR,
                    "the build failed by a fault of its own ("
                            + String.valueOf(e.getCause()).lines().findFirst().orElse("")
                            + "), which the log of the renderer shows");
        }
    }

    /** Whether a build would read what the last one read. */
    boolean wouldReadTheSame(RenderDecision decision) throws IOException {
        return decision instanceof RenderDecision.Render wanted
                && wanted.reusable().isPresent()
                && stillHolds(wanted.reusable().get(), wanted.source().event());
    }

    /** Whether nothing needs to be built, since what the last build made is still right. */
    private boolean wouldReuse(RenderDecision.Render wanted) throws IOException {
        return wouldReadTheSame(wanted) && isStored(wanted.reusable().orElseThrow().bundle());
    }

    private boolean stillHolds(DeliveryRendered last, SourceChanged source) throws IOException {
        if (last.readSet() == null) {
            return false;
        }
        FileTree tree = store.tree(new Digest(source.artifact().digest()));
        try {
            return readSets.get(last.readSet()).stillValid(tree);
        } catch (IOException e) {
            // The store lost it: a build brings it back.
            return false;
        }
    }

    private boolean isStored(BundleRef bundle) {
        try {
            store.get(new Digest(bundle.digest()));
            return true;
        } catch (IOException e) {
            // As with the read set.
            return false;
        }
    }

    private DeliveryEvent build(RenderDecision.Render wanted) throws IOException {
        if (wanted.wanted().id().kind().equals(HelmReleaseWatch.KIND)) {
            return plan(wanted);
        }
        FileTree tree = store.tree(new Digest(wanted.source().event().artifact().digest()));
        String namespace = wanted.wanted().id().namespace();
        try {
            KustomizationSpec spec = FluxJson.read(wanted.wanted().spec(), KustomizationSpec.class);
            Rendering rendering = new KustomizationBuild(limits.of(namespace)).render(tree, spec);
            byte[] bundle = new Bundle(rendering.objects()).encode();
            return rendered(
                    wanted,
                    new BundleRef(store.put(bundle).value(), bundle.length),
                    !rendering.encrypted().isEmpty(),
                    readSets.put(rendering.readSet()));
        } catch (PathNotFoundException e) {
            return failed(wanted, Reason.ARTIFACT_FAILED, e.getMessage());
        } catch (BuildException e) {
            return failed(wanted, Reason.BUILD_FAILED, told(e) + limits.said(namespace, e));
        } catch (MalformedObjectException e) {
            return failed(
                    wanted, Reason.BUILD_FAILED, "the spec cannot be read: " + e.getMessage());
        }
    }

    /** Of a HelmRelease: the chart and the plain values. What they make is up to the applier. */
    private DeliveryEvent plan(RenderDecision.Render wanted) throws IOException {
        try {
            KubernetesObject plan = HelmPlan.of(wanted.wanted(), wanted.source().event());
            byte[] bundle = new Bundle(List.of(plan)).encode();
            return rendered(
                    wanted, new BundleRef(store.put(bundle).value(), bundle.length), false, null);
        } catch (InvalidObjectException e) {
            return failed(wanted, Reason.BUILD_FAILED, e.getMessage());
        }
    }

    /** The engine's words, with the place where they do not name it. */
    private static String told(BuildException failure) {
        String message = "kustomize build failed: " + failure.getMessage();
        BuildException.@Nullable Place place = failure.place().orElse(null);
        if (place == null) {
            return message;
        }
        String told =
                message.contains(place.file()) ? message : message + " (" + place.file() + ")";
        return place.line() == 0 || told.contains("line " + place.line())
                ? told
                : told + " (line " + place.line() + ")";
    }

    private static DeliveryRendered rendered(
            RenderDecision.Render wanted,
            BundleRef bundle,
            boolean needsKeys,
            @Nullable String readSet) {
        return new DeliveryRendered(
                wanted.wanted().id(),
                wanted.position(),
                revision(wanted.source().event()),
                wanted.wanted().spec(),
                wanted.wanted().requestedAt(),
                bundle,
                needsKeys,
                readSet);
    }

    private static DeliveryFailed failed(
            RenderDecision.Render wanted, Reason reason, @Nullable String message) {
        return new DeliveryFailed(
                wanted.wanted().id(),
                wanted.position(),
                revision(wanted.source().event()),
                wanted.wanted().spec(),
                wanted.wanted().requestedAt(),
                Stage.RENDERER,
                reason,
                String.valueOf(message),
                null);
    }

    private static SourceRevision revision(SourceChanged source) {
        ArtifactRef artifact = source.artifact();
        Commit commit = source.commit();
        return new SourceRevision(
                source.source(),
                artifact.revision(),
                artifact.originRevision(),
                artifact.digest(),
                commit == null ? null : commit.urgent());
    }
}
