package dev.sluice.renderer;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimitException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.quotas.Bound;
import dev.sluice.quotas.Quotas;
import java.time.Duration;
import java.util.Optional;

/** What a build may use: by the installation, and by the quotas of its namespace. */
final class TenantLimits {

    private final BuildLimits installation;
    private final Quotas quotas;

    TenantLimits(BuildLimits installation, Quotas quotas) {
        this.installation = installation;
        this.quotas = quotas;
    }

    /** Those of a delivery in the namespace. */
    BuildLimits of(String namespace) {
        int objects =
                objects(namespace)
                        .map(bound -> (int) bound.most())
                        .orElse(installation.resources());
        Duration time =
                time(namespace)
                        .map(bound -> Duration.ofMillis(bound.most()))
                        .orElse(installation.time());
        return new BuildLimits(
                installation.files(),
                installation.fileBytes(),
                installation.bytes(),
                installation.yamlDepth(),
                installation.aliasNodes(),
                objects,
                time);
    }

    /**
     * Who set the limit that a build ran into, and whom to ask for more; empty where no quota did.
     */
    String said(String namespace, BuildException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BuildLimitException refusal) {
                return bound(namespace, refusal).map(b -> ", which is set " + b.said()).orElse("");
            }
        }
        return "";
    }

    private Optional<Bound> bound(String namespace, BuildLimitException refusal) {
        return switch (refusal.limit()) {
            case RESOURCES -> objects(namespace);
            case TIME -> time(namespace);
            case FILES, BYTES -> Optional.empty();
        };
    }

    private Optional<Bound> objects(String namespace) {
        return quotas.objects(namespace).filter(b -> b.most() < installation.resources());
    }

    private Optional<Bound> time(String namespace) {
        return quotas.buildMillis(namespace).filter(b -> b.most() < installation.time().toMillis());
    }
}
