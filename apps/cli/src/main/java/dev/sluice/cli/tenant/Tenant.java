package dev.sluice.cli.tenant;

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
 * @param quota what its namespaces may use; null for no limit
 */
public record Tenant(
        String name,
        List<String> namespaces,
        String clusterRole,
        @Nullable Repository repository,
        @Nullable String decryption,
        @Nullable Quota quota) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /**
     * A Git repository.
     *
     * @param secret with its credentials; null where it needs none
     */
    public record Repository(String url, String branch, String path, @Nullable String secret) {}

    /**
     * What the namespaces of a tenant may hold.
     *
     * @param objects of each of the counted kinds
     * @param pods at once
     */
    public record Quota(int objects, int pods) {}

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
