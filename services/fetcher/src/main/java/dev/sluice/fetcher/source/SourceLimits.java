package dev.sluice.fetcher.source;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.quotas.Quotas;

/** What an artifact may hold: by the installation, and by the quotas of its namespace. */
public final class SourceLimits {

    private final ArtifactLimits installation;
    private final Quotas quotas;

    public SourceLimits(ArtifactLimits installation, Quotas quotas) {
        this.installation = installation;
        this.quotas = quotas;
    }

    /** Those of a source in the namespace. */
    public ArtifactLimits of(String namespace) {
        return quotas.artifactBytes(namespace)
                .map(bound -> installation.atMost(bound.most(), bound.said()))
                .orElse(installation);
    }
}
