package dev.sluice.cli.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Where a cluster takes its state from.
 *
 * @param url of the repository, as the cluster reaches it
 * @param path of the cluster's folder, without a leading or trailing slash
 * @param namespace of the pipeline, after which the objects are named
 * @param secret with the credentials; null where it needs none
 * @param lockdown whether deliveries without an account act as the account {@code default}
 */
public record SyncPoint(
        String url,
        String branch,
        String path,
        String namespace,
        @Nullable String secret,
        boolean lockdown) {

    public SyncPoint {
        path = path.replaceAll("^\\./", "").replaceAll("^/+|/+$", "");
        if (path.isEmpty() || path.contains("..") || path.contains("\n")) {
            throw new IllegalArgumentException(
                    "the path must be a folder of the repository, for example clusters/production");
        }
    }
}
