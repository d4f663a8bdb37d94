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
            Map.of(
                    "sluice.no-cross-namespace-refs", "true",
                    "sluice.default-service-account", "default",
                    "sluice.decryptor.process-identity", "false",
                    "sluice.fetcher.limits.bytes", "104857600",
                    "sluice.fetcher.limits.files", "20000",
                    "sluice.renderer.limits.objects", "5000",
                    "sluice.renderer.limits.bytes", "67108864",
                    "sluice.renderer.limits.time", "20s");

    private Lockdown() {}

    static void apply() {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
