package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.load.Loader;
import java.util.List;

/** Finds the file that makes a directory a kustomization. */
final class KustomizationFile {

    private static final List<String> NAMES =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private KustomizationFile() {}

    /**
     * The file's name.
     *
     * @throws BuildException where there is none of the known names, or more than one
     */
    static String find(Loader loader) throws BuildException {
        List<String> found = NAMES.stream().filter(loader::has).toList();
        if (found.isEmpty()) {
            throw new BuildException(
                    "unable to find one of 'kustomization.yaml', 'kustomization.yml' or"
                            + " 'Kustomization' in directory '"
                            + loader.shownRoot()
                            + "'");
        }
        if (found.size() > 1) {
            throw new BuildException(
                    "Found multiple kustomization files under: " + loader.shownRoot() + "\n");
        }
        return found.getFirst();
    }
}
