package dev.sluice.fluxapi;

import java.util.Optional;

/**
 * Whether objects may name objects of other namespaces, where Flux leaves that to the operator
 * ({@code --no-cross-namespace-refs}): sources, charts, dependencies, what a Receiver asks and what
 * a generator copies. Secrets and ConfigMaps are never among them: no field can name one of another
 * namespace.
 *
 * @param closed whether only the own namespace can be named, as where several teams share a cluster
 */
public record NamespaceBoundary(boolean closed) {

    /** As it is where an operator says nothing. */
    public static final NamespaceBoundary OPEN = new NamespaceBoundary(false);

    /**
     * Why an object may not name another, in Flux's words; empty where it may.
     *
     * @param own the namespace of the object that names
     * @param kind of the object that is named
     */
    public Optional<String> refusal(String own, String kind, String namespace, String name) {
        return closed && !own.equals(namespace)
                ? Optional.of(
                        "can't access '"
                                + kind
                                + '/'
                                + namespace
                                + '/'
                                + name
                                + "', cross-namespace references have been blocked")
                : Optional.empty();
    }
}
