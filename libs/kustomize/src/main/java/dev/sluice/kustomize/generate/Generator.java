package dev.sluice.kustomize.generate;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Resource;
import java.util.List;

/** Makes resources. */
@FunctionalInterface
public interface Generator {

    List<Resource> generate() throws BuildException;
}
