package dev.sluice.standalone;

import io.fabric8.kubernetes.client.Config;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The cluster that the command line names, in place of the one that Quarkus would find by itself.
 */
@ApplicationScoped
class ClusterAccess {

    private static final int MANY = 256;

    @Produces
    @Singleton
    Config kubernetes() {
        Config config = Running.settings().kubernetes();
        config.setMaxConcurrentRequests(MANY);
        config.setMaxConcurrentRequestsPerHost(MANY);
        return config;
    }
}
