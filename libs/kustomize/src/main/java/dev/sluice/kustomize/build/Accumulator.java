package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.DefaultConfig;
import dev.sluice.kustomize.fields.TransformerConfig;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import java.util.List;

/** What a layer has gathered: resources, where transformers write to, variables. */
final class Accumulator {

    private final ResourceSet resources = new ResourceSet();
    private final Variables variables = new Variables();
    private TransformerConfig config = TransformerConfig.EMPTY;

    /** The usual configuration is in already: merging it once more would change nothing. */
    private boolean hasDefaults;

    ResourceSet resources() {
        return resources;
    }

    Variables variables() {
        return variables;
    }

    TransformerConfig config() {
        return config;
    }

    void append(List<Resource> more) throws BuildException {
        resources.appendAll(more);
    }

    void merge(TransformerConfig other) throws BuildException {
        boolean usual = other == DefaultConfig.tables() || other == DefaultConfig.instance();
        if ((usual && hasDefaults) || other == TransformerConfig.EMPTY) {
            return;
        }
        if (usual && config == TransformerConfig.EMPTY) {
            config = DefaultConfig.instance();
        } else {
            config = config.merge(other);
        }
        hasDefaults |= usual;
    }

    /**
     * Puts what is there together once more, as upstream does after a component: specs that agreed
     * in the order in which they came may not agree in the order that they have now.
     */
    void checkAgain() throws BuildException {
        Accumulator again = new Accumulator();
        again.merge(this);
        config = again.config;
    }

    /** Takes over everything that a layer below has gathered. */
    void merge(Accumulator other) throws BuildException {
        resources.appendAll(other.resources.resources());
        merge(other.config);
        variables.addAll(other.variables);
    }
}
