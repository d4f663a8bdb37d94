package dev.sluice.fuzz.differential;

import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.api.Reorder;
import dev.sluice.kustomize.tree.DirectoryTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Our engine, over a tree on disk as the command line uses it. */
final class Engine {

    private Engine() {}

    static Answer build(Path root, Sample sample) {
        try {
            Path start = root.resolve(sample.target()).toAbsolutePath().normalize();
            DirectoryTree tree = new DirectoryTree(Path.of("/"));
            return new Answer.Built(
                    Kustomize.build(tree, start.toString().substring(1), options(sample)).toYaml());
        } catch (BuildException | IOException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return new Answer.Crashed(trace.toString());
        }
    }

    private static BuildOptions options(Sample sample) {
        BuildOptions options = BuildOptions.DEFAULT;
        for (String flag : sample.flags()) {
            options =
                    switch (flag) {
                        case "--load-restrictor=LoadRestrictionsNone" ->
                                options.withLoadRestrictor(LoadRestrictor.NONE);
                        case "--reorder=none" -> options.withReorder(Reorder.NONE);
                        case "--reorder=legacy" -> options.withReorder(Reorder.LEGACY);
                        case "--enable-managedby-label" -> options.withManagedByLabel(true);
                        default -> throw new IllegalArgumentException(flag);
                    };
        }
        return options;
    }
}
