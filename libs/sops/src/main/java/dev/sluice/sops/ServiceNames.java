package dev.sluice.sops;

import dev.sluice.sops.kms.WrappedKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of keys in key services. */
final class ServiceNames {
    private static final Pattern AWS =
            Pattern.compile(
                    "(arn:aws[\\w-]*:kms:[^:]+:[0-9]+:(?:key|alias)/[^+]+)(?:\\+(arn:aws[\\w-]*:iam::.+))?");
    private static final Pattern GCP =
            Pattern.compile("projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+");
    private static final Pattern AZURE = Pattern.compile("(https?://[^/]+)/keys/([^/]+)/([^/]+)");
    private static final Pattern VAULT = Pattern.compile("(https?://[^/]+)/v1/(.+)/keys/([^/]+)");

    private ServiceNames() {}

    static Optional<WrappedKey> parse(String text) {
        Matcher aws = AWS.matcher(text);
        if (aws.matches()) {
            Map<String, String> fields =
                    aws.group(2) == null
                            ? Map.of("arn", aws.group(1))
                            : Map.of("arn", aws.group(1), "role", aws.group(2));
            return Optional.of(WrappedKey.of("kms", fields, Map.of(), ""));
        }
        if (GCP.matcher(text).matches()) {
            return Optional.of(WrappedKey.of("gcp_kms", Map.of("resource_id", text), Map.of(), ""));
        }
        Matcher vault = VAULT.matcher(text);
        if (vault.matches()) {
            Map<String, String> fields =
                    Map.of(
                            "vault_address",
                            vault.group(1),
                            "engine_path",
                            vault.group(2),
                            "key_name",
                            vault.group(3));
            return Optional.of(WrappedKey.of("hc_vault", fields, Map.of(), ""));
        }
        Matcher azure = AZURE.matcher(text);
        if (azure.matches()) {
            Map<String, String> fields =
                    Map.of(
                            "vault_url",
                            azure.group(1),
                            "name",
                            azure.group(2),
                            "version",
                            azure.group(3));
            return Optional.of(WrappedKey.of("azure_kv", fields, Map.of(), ""));
        }
        return Optional.empty();
    }
}
