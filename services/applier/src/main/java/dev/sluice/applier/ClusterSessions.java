package dev.sluice.applier;

import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.KubeConfig;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.target.RemoteClusters;
import dev.sluice.kubernetes.target.RemoteReference;
import dev.sluice.kubernetes.target.TargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with the clusters that deliveries are meant for, in the name in which they are applied.
 * Safe for use by many threads.
 */
final class ClusterSessions implements AutoCloseable {

    private final Cluster own;
    private final Optional<String> defaultServiceAccount;
    private final RemoteClusters remotes;

    /**
     * @param own the session with the cluster that holds the Kustomizations
     */
    ClusterSessions(Cluster own, ApplierConfig config) {
        this(own, config.defaultServiceAccount(), config.defaultKubeconfigServiceAccount());
    }

    /**
     * @param defaultServiceAccount in whose name what names none is applied
     * @param defaultTokenAccount whose tokens reach other clusters where a ConfigMap names none
     */
    ClusterSessions(
            Cluster own,
            Optional<String> defaultServiceAccount,
            Optional<String> defaultTokenAccount) {
        this.own = own;
        this.defaultServiceAccount = defaultServiceAccount;
        this.remotes = new RemoteClusters(own, defaultTokenAccount.orElse(""));
    }

    Cluster own() {
        return own;
    }

    /**
     * The session for what a Kustomization applies.
     *
     * @throws TargetException where its kubeConfig cannot be used
     */
    Cluster of(Kustomization object) throws TargetException, KubernetesException {
        return of(
                object.metadata().namespace(),
                object.spec().kubeConfig(),
                object.spec().serviceAccountName());
    }

    /**
     * The session for what an object applies.
     *
     * @param namespace of the object, in which what it names is
     * @throws TargetException where its kubeConfig cannot be used
     */
    Cluster of(String namespace, @Nullable KubeConfig remote, @Nullable String account)
            throws TargetException, KubernetesException {
        Cluster cluster = inOurName(namespace, remote);
        return serviceAccount(account)
                .map(name -> cluster.actingAs(Cluster.serviceAccountUser(namespace, name)))
                .orElse(cluster);
    }

    /**
     * The session for looking at what an object applied; whoever may apply an object need not be
     * allowed to list its kind.
     *
     * @param namespace of the object, in which what it names is
     * @throws TargetException where its kubeConfig cannot be used
     */
    Cluster inOurName(String namespace, @Nullable KubeConfig remote)
            throws TargetException, KubernetesException {
        Optional<RemoteReference> reference =
                remote == null
                        ? Optional.empty()
                        : RemoteReference.of(namespace, FluxJson.write(remote));
        return reference.isPresent() ? remotes.of(reference.get()) : own;
    }

    /** The service account in whose name a Kustomization is applied. */
    Optional<String> serviceAccount(Kustomization object) {
        return serviceAccount(object.spec().serviceAccountName());
    }

    private Optional<String> serviceAccount(@Nullable String named) {
        return named == null || named.isEmpty() ? defaultServiceAccount : Optional.of(named);
    }

    @Override
    public void close() {
        remotes.close();
    }
}
