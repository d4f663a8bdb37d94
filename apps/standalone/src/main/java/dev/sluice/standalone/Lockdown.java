package dev.sluice.standalone;

import java.util.Map;

/**
 * What changes where several teams share a cluster and none may harm another. The overlay {@code
 * deploy/overlays/lockdown} says the same to services that run by themselves; a test holds them
 * together.
 */
final class Lockdown {

    /** By the names of the settings. What is set already stays: the operator knows better. */
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("sluice.no-cross-namespace-refs", "true"),
                    Map.entry("sluice.default-service-account", "default"),
                    Map.entry("sluice.default-kubeconfig-service-account", "default"),
                    Map.entry("sluice.decryptor.process-identity", "false"),
                    Map.entry("sluice.fetcher.limits.bytes", "104857600"),
                    Map.entry("sluice.fetcher.limits.files", "20000"),
                    Map.entry("sluice.renderer.limits.objects", "5000"),
                    Map.entry("sluice.renderer.limits.bytes", "67108864"),
                    Map.entry("sluice.renderer.limits.time", "20s"));

    private Lockdown() {}

    static void apply() {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
