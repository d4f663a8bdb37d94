package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.load.Budget;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.ResourceReader;
import dev.sluice.kustomize.schema.SchemaSet;
import dev.sluice.kustomize.schema.SwaggerReader;
import dev.sluice.yaml.ReaderOptions;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlLimits;
import dev.sluice.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all layers of one build share. Not thread safe. */
final class BuildContext {

    private static final int MAX_NODES = 5_000_000;

    private final Budget budget;
    private final ResourceReader reader;
    private final YamlReader kustomizationReader;
    private final List<String> warnings = new ArrayList<>();
    private SchemaSet schema = SchemaSet.builtIn();
    private @Nullable BuildException schemaFault;
    private boolean schemaChosen;
    private boolean schemaAsked;

    BuildContext(BuildOptions options, Budget budget) {
        this.budget = budget;
        YamlLimits limits = yamlLimits(options.limits());
        this.reader = new ResourceReader(limits, this::isClusterScoped);
        this.kustomizationReader = new YamlReader(ReaderOptions.KUSTOMIZATION.withLimits(limits));
    }

    private static YamlLimits yamlLimits(BuildLimits limits) {
        int characters = (int) Math.min(limits.fileBytes(), Integer.MAX_VALUE);
        return new YamlLimits(characters, limits.yamlDepth(), MAX_NODES, limits.aliasNodes());
    }

    Budget budget() {
        return budget;
    }

    ResourceReader reader() {
        return reader;
    }

    /** For files that are YAML 1.1: kustomizations, configurations, replacements. */
    YamlReader kustomizationReader() {
        return kustomizationReader;
    }

    /**
     * The types that strategic merges go by at this moment.
     *
     * @throws BuildException where the file with the types can't be read: it matters only now
     */
    SchemaSet schema() throws BuildException {
        if (schemaFault != null) {
            throw schemaFault;
        }
        return schema;
    }

    /**
     * @throws BuildException where a kind had to be looked up in a file that can't be read
     */
    void checkSchema() throws BuildException {
        if (schemaAsked) {
            schema();
        }
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * Chooses the types as a kustomization's {@code openapi} says. The first choice stays, but that
     * of the kustomization that is built replaces all.
     *
     * @param openapi the field; empty where there is none
     * @param custom the file that it names
     * @param first whether it is the kustomization that is built
     */
    void chooseSchema(Map<String, String> openapi, Optional<byte[]> custom, boolean first)
            throws BuildException {
        if (schemaChosen && !first) {
            return;
        }
        String version = openapi.getOrDefault("version", "");
        if (custom.isPresent()) {
            if (openapi.containsKey("version")) {
                throw new BuildException(
                        "builtin version and custom schema provided, cannot use both");
            }
            schemaFault = null;
            try {
                schema = SwaggerReader.read(new String(custom.get(), StandardCharsets.UTF_8));
            } catch (YamlException e) {
                schema = SchemaSet.empty();
                schemaFault = new BuildException("invalid schema file: " + e.getMessage(), e);
            }
            schemaChosen = true;
        } else if (!version.isEmpty()) {
            if (!version.equals(SchemaSet.BUILT_IN_VERSION)) {
                throw new BuildException("the specified OpenAPI version is not built in");
            }
            schemaChosen = true;
        }
    }

    private boolean isClusterScoped(Gvk gvk) {
        Optional<Boolean> builtIn = SchemaSet.builtIn().isNamespaced(gvk.apiVersion(), gvk.kind());
        if (builtIn.isPresent()) {
            return !builtIn.get();
        }
        schemaAsked = true;
        return !schema.isNamespaced(gvk.apiVersion(), gvk.kind()).orElse(true);
    }
}
