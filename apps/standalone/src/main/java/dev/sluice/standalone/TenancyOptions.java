package dev.sluice.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What keeps tenants apart: each by itself, under the names that Flux gives them, or all at once.
 */
final class TenancyOptions {

    @Option(
            names = "--lockdown",
            description =
                    "For a cluster that several teams share: no references to other namespaces, the account 'default' where none is named, no keys of the process itself, limits on what one repository and one build may hold.")
    boolean lockdown;

    @Option(
            names = "--no-cross-namespace-refs",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Objects may name sources and dependencies of their own namespace only.")
    @Nullable Boolean noCrossNamespaceRefs;

    @Option(
            names = "--no-remote-bases",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description =
                    "Accepted for those who come from Flux; 'false' is refused: a build never fetches anything.")
    boolean noRemoteBases = true;

    @Option(
            names = "--default-service-account",
            paramLabel = "NAME",
            description =
                    "The account, in the object's namespace, in whose name is applied what names none.")
    @Nullable String defaultServiceAccount;

    @Option(
            names = "--default-kubeconfig-service-account",
            paramLabel = "NAME",
            description =
                    "The account, in the object's namespace, whose tokens reach another cluster where a kubeConfig's ConfigMap names none.")
    @Nullable String defaultKubeconfigServiceAccount;

    /**
     * Makes them the settings of the services. What is said by itself counts more than lockdown.
     */
    void apply() throws ConfigurationException {
        if (!noRemoteBases) {
            throw new ConfigurationException(
                    "--no-remote-bases=false cannot be had: a build reads its own artifact and fetches nothing; copy remote bases into the repository");
        }
        set("sluice.no-cross-namespace-refs", noCrossNamespaceRefs);
        set("sluice.default-service-account", defaultServiceAccount);
        set("sluice.default-kubeconfig-service-account", defaultKubeconfigServiceAccount);
        if (lockdown) {
            Lockdown.apply();
        }
    }

    private static void set(String name, @Nullable Object value) {
        if (value != null) {
            System.setProperty(name, value.toString());
        }
    }
}
