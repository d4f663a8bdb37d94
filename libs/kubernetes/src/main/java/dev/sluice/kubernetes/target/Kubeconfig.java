package dev.sluice.kubernetes.target;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads kubeconfigs that others wrote. Only what stands in the text itself is taken: it must not
 * make us run a program, read one of our files, or trust a server without checking it.
 */
final class Kubeconfig {

    private static final int LONGEST = 1024 * 1024;

    private Kubeconfig() {}

    /**
     * The client configuration of the current context.
     *
     * @param name of the Secret, for messages
     * @throws TargetException where the text is no kubeconfig, or wants what is refused
     */
    static Config read(String text, String name) throws TargetException {
        if (text.length() > LONGEST) {
            throw new TargetException("the kubeconfig in " + name + " is too long");
        }
        io.fabric8.kubernetes.api.model.Config config = parse(text, name);
        NamedContext context =
                find(
                        config.getContexts(),
                        c -> c.getName().equals(config.getCurrentContext()),
                        "the kubeconfig in " + name + " has no current context");
        Cluster cluster =
                named(
                                config.getClusters(),
                                NamedCluster::getName,
                                context.getContext().getCluster(),
                                "cluster",
                                name)
                        .getCluster();
        AuthInfo user =
                named(
                                config.getUsers(),
                                NamedAuthInfo::getName,
                                context.getContext().getUser(),
                                "user",
                                name)
                        .getUser();
        check(cluster, user, name);
        return config(cluster, user);
    }

    private static Config config(Cluster cluster, AuthInfo user) {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(cluster.getServer())
                .withCaCertData(cluster.getCertificateAuthorityData())
                .withTlsServerName(cluster.getTlsServerName())
                .withHttpsProxy(cluster.getProxyUrl())
                .withOauthToken(user.getToken())
                .withUsername(user.getUsername())
                .withPassword(user.getPassword())
                .withClientCertData(user.getClientCertificateData())
                .withClientKeyData(user.getClientKeyData())
                .build();
    }

    private static void check(Cluster cluster, AuthInfo user, String name) throws TargetException {
        refuse(present(cluster.getCertificateAuthority()), "a file with an authority", name);
        refuse(
                Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify()),
                "insecure-skip-tls-verify",
                name);
        refuse(user.getExec() != null, "a program to run (exec)", name);
        refuse(user.getAuthProvider() != null, "an auth-provider", name);
        refuse(present(user.getTokenFile()), "a file with a token", name);
        refuse(present(user.getClientCertificate()), "a file with a certificate", name);
        refuse(present(user.getClientKey()), "a file with a key", name);
        if (!present(cluster.getServer())) {
            throw new TargetException("the kubeconfig in " + name + " names no server");
        }
    }

    private static void refuse(boolean wanted, String what, String name) throws TargetException {
        if (wanted) {
            throw new TargetException(
                    "the kubeconfig in " + name + " has " + what + ", which is not allowed");
        }
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    /** The cause is left out: parsers show the text, which holds credentials. */
    private static io.fabric8.kubernetes.api.model.Config parse(String text, String name)
            throws TargetException {
        try {
            io.fabric8.kubernetes.api.model.Config config =
                    Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
            if (config != null) {
                return config;
            }
        } catch (RuntimeException e) {
            // told below
        }
        throw new TargetException("there is no kubeconfig in " + name);
    }

    private static <T> T named(
            List<T> all, Function<T, String> nameOf, String wanted, String what, String name)
            throws TargetException {
        return find(
                all,
                t -> nameOf.apply(t).equals(wanted),
                "the kubeconfig in " + name + " has no " + what + " '" + wanted + "'");
    }

    private static <T> T find(List<T> all, Predicate<T> wanted, String message)
            throws TargetException {
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new TargetException(message));
    }
}
