package dev.sluice.kustomize;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.build.Build;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.RecordingTree;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;

/** The engine's facade. */
public final class Kustomize {

    private Kustomize() {}

    /**
     * Builds the kustomization in a directory of a tree, as {@code kustomize build} does.
     *
     * @param tree what may be read, whole
     * @param path the directory of the kustomization; {@code ""} is the tree's root
     * @throws BuildException where the tree holds nothing that can be built, or a limit is passed
     */
    public static BuildResult build(FileTree tree, String path, BuildOptions options)
            throws BuildException {
        RecordingTree recording = new RecordingTree(tree.forOneBuild());
        Build.Outcome outcome = Build.run(recording, path, options);
        List<BuiltResource> resources = new ArrayList<>(outcome.resources().size());
        StringBuilder text = new StringBuilder(1024 * outcome.resources().size());
        for (Resource resource : outcome.resources()) {
            resources.add(new BuiltResource(resource.node(), resource.originFile()));
            write(resource, text);
        }
        return new BuildResult(resources, recording.readSet(), outcome.warnings(), text.toString());
    }

    private static void write(Resource resource, StringBuilder text) throws BuildException {
        if (!text.isEmpty()) {
            text.append("---\n");
        }
        try {
            YamlWriter.manifest(resource.node(), text);
        } catch (YamlException e) {
            BuildException.Place place =
                    new BuildException.Place(resource.originFile(), e.line(), "");
            throw new BuildException(resource.currentId() + ": " + e.getMessage(), place, e);
        }
    }
}
