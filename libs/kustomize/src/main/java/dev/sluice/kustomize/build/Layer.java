package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.DefaultConfig;
import dev.sluice.kustomize.fields.TransformerConfig;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.model.Configurations;
import dev.sluice.kustomize.model.Kustomization;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceReader;
import dev.sluice.kustomize.resource.ResourceSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kustomization and how it is built: its resources, then generators, components, transformers,
 * validators, variables.
 */
final class Layer {

    private final Kustomization kustomization;
    private final String fileName;
    private final Loader loader;
    private final BuildContext context;

    /** Null where nobody asks for origins. */
    private @Nullable Origin origin;

    private Layer(
            Kustomization kustomization,
            String fileName,
            Loader loader,
            BuildContext context,
            @Nullable Origin origin) {
        this.kustomization = kustomization;
        this.fileName = fileName;
        this.loader = loader;
        this.context = context;
        this.origin = origin;
    }

    /** The layer of the kustomization that is built. */
    static Layer top(Loader loader, BuildContext context) throws BuildException {
        Layer layer = read(loader, context, null);
        if (!layer.kustomization.buildMetadata().isEmpty()) {
            layer.origin = Origin.ROOT;
        }
        layer.chooseSchema(true);
        return layer;
    }

    private static Layer read(Loader loader, BuildContext context, @Nullable Origin origin)
            throws BuildException {
        String name = KustomizationFile.find(loader);
        String path = loader.pathOf(name);
        Kustomization kustomization =
                Kustomization.parse(loader.load(name), path, context.kustomizationReader());
        context.warnings().addAll(kustomization.warnings());
        List<String> errors = kustomization.typeErrors();
        if (!errors.isEmpty()) {
            throw new BuildException(
                    "Failed to read kustomization file under "
                            + loader.shownRoot()
                            + ":\n"
                            + String.join("\n", errors));
        }
        return new Layer(kustomization, name, loader, context, origin);
    }

    private void chooseSchema(boolean first) throws BuildException {
        String path = kustomization.openapi().get("path");
        Optional<byte[]> custom = path == null ? Optional.empty() : Optional.of(loader.load(path));
        context.chooseSchema(kustomization.openapi(), custom, first);
    }

    Kustomization kustomization() {
        return kustomization;
    }

    String fileName() {
        return fileName;
    }

    Loader loader() {
        return loader;
    }

    BuildContext context() {
        return context;
    }

    @Nullable Origin origin() {
        return origin;
    }

    /**
     * Builds the layer on top of what is there: nothing for a kustomization, the parent's resources
     * for a component.
     */
    void accumulate(Accumulator accumulator) throws BuildException {
        try {
            addResources(accumulator, kustomization.resources());
        } catch (BuildException e) {
            throw e.within("accumulating resources");
        }
        accumulator.merge(config());
        accumulator.merge(
                CrdConfig.load(kustomization.crds(), loader, context.kustomizationReader()));
        new LayerGenerators(this).run(accumulator);
        try {
            addComponents(accumulator);
        } catch (BuildException e) {
            throw e.within("accumulating components");
        }
        new LayerTransformers(this).run(accumulator);
        new LayerValidators(this).run(accumulator.resources());
        try {
            accumulator.variables().declare(kustomization.vars(), accumulator.resources());
        } catch (BuildException e) {
            throw e.within("merging vars " + kustomization.vars());
        }
    }

    private TransformerConfig config() throws BuildException {
        TransformerConfig config = DefaultConfig.tables();
        TransformerConfig own = TransformerConfig.EMPTY;
        for (String path : kustomization.configurations()) {
            own =
                    own.merge(
                            Configurations.parse(
                                    loader.load(path),
                                    loader.pathOf(path),
                                    context.kustomizationReader()));
        }
        if (!kustomization.configurations().isEmpty()) {
            config = config.merge(own);
        }
        return config;
    }

    /** Adds what a list of files and directories holds. */
    void addResources(Accumulator accumulator, List<String> paths) throws BuildException {
        for (String path : paths) {
            try {
                addFile(accumulator, path);
            } catch (BuildException asFile) {
                addDirectory(accumulator, path, asFile);
            }
            context.budget().resourcesHeld(accumulator.resources().size());
        }
    }

    private void addFile(Accumulator accumulator, String path) throws BuildException {
        List<Resource> read;
        try {
            read = context.reader().read(loader.load(path), loader.pathOf(path));
            new ResourceSet().appendAll(read);
        } catch (BuildException e) {
            String where = isMalformed(e) ? " in File: " + path : "";
            throw new BuildException(
                    "accumulating resources from '" + path + "': " + e.getMessage() + where, e);
        }
        if (origin != null) {
            for (Resource resource : read) {
                origin.append(path).annotate(resource);
            }
        }
        try {
            accumulator.append(read);
        } catch (BuildException e) {
            throw e.within("merging resources from '" + path + "'");
        }
    }

    private static boolean isMalformed(BuildException e) {
        return e.getMessage().contains(ResourceReader.MALFORMED);
    }

    private void addDirectory(Accumulator accumulator, String path, BuildException asFile)
            throws BuildException {
        Loader below;
        String reason = "accumulation err='" + asFile.getMessage() + "'";
        try {
            below = loader.directory(path);
        } catch (BuildException e) {
            // A file that is there and no YAML is what the user wants to hear of, and nothing else.
            throw isMalformed(asFile)
                    ? asFile
                    : new BuildException(reason + ": " + e.getMessage(), asFile);
        }
        try {
            Accumulator gathered = new Accumulator();
            build(below, path, gathered, false);
            try {
                accumulator.merge(gathered);
            } catch (BuildException e) {
                throw e.within("recursed merging from path '" + below.shownRoot() + "'");
            }
        } catch (BuildException e) {
            throw e.within(reason);
        }
    }

    private void addComponents(Accumulator accumulator) throws BuildException {
        for (String path : kustomization.components()) {
            Loader below;
            try {
                below = loader.directory(path);
            } catch (BuildException e) {
                throw new BuildException("loader.New " + quote(e.getMessage()), e);
            }
            try {
                build(below, path, accumulator, true);
            } catch (BuildException e) {
                throw new BuildException("accumulateDirectory: " + quote(e.getMessage()), e);
            }
        }
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private void build(Loader below, String path, Accumulator accumulator, boolean component)
            throws BuildException {
        Layer layer;
        try {
            layer = read(below, context, origin == null ? null : origin.append(path));
        } catch (BuildException e) {
            throw e.within("couldn't make target for path '" + below.shownRoot() + "'");
        }
        layer.chooseSchema(false);
        if (component != layer.kustomization.isComponent()) {
            throw new BuildException(
                    component
                            ? "expected kind 'Component' for path '"
                                    + below.shownRoot()
                                    + "' but got '"
                                    + layer.kustomization.kind()
                                    + "'"
                            : "expected kind != 'Component' for path '" + below.shownRoot() + "'");
        }
        try {
            layer.accumulate(accumulator);
        } catch (BuildException e) {
            throw e.within("recursed accumulation of path '" + below.shownRoot() + "'");
        }
        if (component) {
            try {
                accumulator.checkAgain();
            } catch (BuildException e) {
                throw e.within("recursed merging from path '" + below.shownRoot() + "'");
            }
        }
    }
}
