package dev.sluice.applier.helm;

import dev.sluice.helm.render.PostRendering;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimitException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.quotas.Bound;
import dev.sluice.quotas.Quotas;
import java.util.Optional;

/**
 * How many objects a release may hold: by the installation, and by the quotas of its namespace, as
 * for the builds of Kustomizations. Hooks are not counted: they come and go.
 */
public final class ReleaseLimits {

    private static final BuildLimits INSTALLATION = BuildLimits.DEFAULT;

    private final Quotas quotas;

    public ReleaseLimits(Quotas quotas) {
        this.quotas = quotas;
    }

    /** What releases of the namespace are rendered with. */
    PostRendering rendering(String namespace) {
        int objects =
                bound(namespace).map(bound -> (int) bound.most()).orElse(INSTALLATION.resources());
        return new PostRendering(
                new BuildLimits(
                        INSTALLATION.files(),
                        INSTALLATION.fileBytes(),
                        INSTALLATION.bytes(),
                        INSTALLATION.yamlDepth(),
                        INSTALLATION.aliasNodes(),
                        objects,
                        INSTALLATION.time()));
    }

    /** Who set the limit that a release ran into, and whom to ask; empty where no quota did. */
    String said(String namespace, BuildException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BuildLimitException refusal
                    && refusal.limit() == BuildLimitException.Limit.RESOURCES) {
                return bound(namespace).map(bound -> ", which is set " + bound.said()).orElse("");
            }
        }
        return "";
    }

    private Optional<Bound> bound(String namespace) {
        return quotas.objects(namespace).filter(bound -> bound.most() < INSTALLATION.resources());
    }
}
