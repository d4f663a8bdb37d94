package dev.sluice.helm.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, and in whose name a worker speaks to it. Equal identities share a worker. Holds
 * credentials, so {@link #toString} tells the server and the user only.
 *
 * @param server URL of the API server
 * @param caData certificates of its authority, PEM in base64, as are the others
 * @param tokenFile of a token that someone renews; the worker reads it again and again
 * @param impersonateUser whom to act as
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkerIdentity(
        String server,
        @Nullable String caData,
        boolean insecure,
        @Nullable String tlsServerName,
        @Nullable String token,
        @Nullable String tokenFile,
        @Nullable String username,
        @Nullable String password,
        @Nullable String certData,
        @Nullable String keyData,
        @Nullable String impersonateUser,
        List<String> impersonateGroups) {

    public WorkerIdentity {
        impersonateGroups = List.copyOf(impersonateGroups);
    }

    @Override
    public String toString() {
        return server + (impersonateUser == null ? "" : " as " + impersonateUser);
    }
}
