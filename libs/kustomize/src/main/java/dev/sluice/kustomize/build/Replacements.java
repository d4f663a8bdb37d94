package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.model.Configs;
import dev.sluice.kustomize.model.Replacement;
import dev.sluice.kustomize.transform.ReplacementTransformer;
import java.util.ArrayList;
import java.util.List;

/** Makes replacement transformers: reads the files that entries name. */
final class Replacements {

    private final Loader loader;
    private final BuildContext context;

    Replacements(Loader loader, BuildContext context) {
        this.loader = loader;
        this.context = context;
    }

    ReplacementTransformer transformer(List<Replacement> entries) throws BuildException {
        List<Replacement> all = new ArrayList<>();
        for (Replacement entry : entries) {
            if (entry.path().isEmpty()) {
                all.add(entry);
                continue;
            }
            boolean inline =
                    entry.source() != null
                            || (entry.targets() != null && !entry.targets().isEmpty());
            if (inline) {
                throw new BuildException("cannot specify both path and inline replacement");
            }
            all.addAll(
                    Configs.replacements(
                            loader.load(entry.path()),
                            loader.pathOf(entry.path()),
                            context.kustomizationReader()));
        }
        return new ReplacementTransformer(all);
    }
}
