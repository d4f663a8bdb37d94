package dev.sluice.kustomize.resource;

/** Which kinds are known to live outside namespaces. What is unknown counts as namespaced. */
@FunctionalInterface
public interface ClusterScope {

    boolean isClusterScoped(Gvk gvk);
}
