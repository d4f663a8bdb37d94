package dev.sluice.cli.tenant;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.quota.ByteSize;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A team on a shared cluster.
 *
 * @param namespaces that are its own; the first holds its source
 * @param clusterRole that its reconciler has in its namespaces, and nowhere else
 * @param repository where its objects come from; null where that is said elsewhere
 * @param decryption name of the Secret with its keys; null where it has none
 * @param quota what it may use
 */
public record Tenant(
        String name,
        List<String> namespaces,
        String clusterRole,
        @Nullable Repository repository,
        @Nullable String decryption,
        Quota quota) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /**
     * A Git repository.
     *
     * @param secret with its credentials; null where it needs none
     */
    public record Repository(String url, String branch, String path, @Nullable String secret) {}

    /**
     * What a tenant may use.
     *
     * @param objects of each of the counted kinds in a namespace, and in all in one build; null for
     *     no limit
     * @param pods at once in a namespace, where objects are limited
     * @param artifactSize for example {@code 50Mi}; null for no limit
     * @param buildTime for example {@code 20s}; null for no limit
     * @param contact whom to ask for more; null where nobody is named
     */
    public record Quota(
            @Nullable Integer objects,
            int pods,
            @Nullable String artifactSize,
            @Nullable String buildTime,
            @Nullable String contact) {

        /** No limit at all. */
        public static final Quota NONE = new Quota(null, 0, null, null, null);

        public Quota {
            if (artifactSize != null) {
                ByteSize.parse(artifactSize);
            }
            if (buildTime != null && GoDuration.parse(buildTime).nanos() <= 0) {
                throw new IllegalArgumentException("the time of a build is more than nothing");
            }
            if (objects != null && objects < 1) {
                throw new IllegalArgumentException("a build holds at least one object");
            }
        }

        /** Whether anything of it is for the pipeline. */
        boolean limitsBuilds() {
            return objects != null || artifactSize != null || buildTime != null;
        }
    }

    public Tenant {
        namespaces = List.copyOf(namespaces);
        check("tenant", name);
        namespaces.forEach(namespace -> check("namespace", namespace));
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("a tenant has at least one namespace");
        }
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' cannot be the name of a "
                            + what
                            + ": it takes lower-case letters, digits and dashes");
        }
    }
}
