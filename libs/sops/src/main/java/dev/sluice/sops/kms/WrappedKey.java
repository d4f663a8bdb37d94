package dev.sluice.sops.kms;

import java.util.HashMap;
import java.util.Map;

/**
 * A key in a key service, as SOPS metadata names it, and the data key wrapped by it.
 *
 * @param provider the name of the list in the metadata: {@code kms}, {@code gcp_kms}, {@code
 *     azure_kv}, {@code hc_vault}, {@code hckms}
 * @param name the public name of the key, for messages
 * @param fields the entry's own text fields, for example {@code arn} or {@code vault_address}
 * @param context AWS's encryption context, empty elsewhere
 * @param wrapped the wrapped data key as it stands in the file
 */
public record WrappedKey(
        String provider,
        String name,
        Map<String, String> fields,
        Map<String, String> context,
        String wrapped) {
    public WrappedKey {
        fields = Map.copyOf(fields);
        context = Map.copyOf(context);
    }

    /** An entry of the metadata, with the name that people know the key by. */
    public static WrappedKey of(
            String provider,
            Map<String, String> fields,
            Map<String, String> context,
            String wrapped) {
        String name =
                switch (provider) {
                    case "kms" -> fields.getOrDefault("arn", "");
                    case "gcp_kms" -> fields.getOrDefault("resource_id", "");
                    case "hckms" -> fields.getOrDefault("key_id", "");
                    case "azure_kv" ->
                            fields.getOrDefault("vault_url", "")
                                    + "/keys/"
                                    + fields.getOrDefault("name", "")
                                    + '/'
                                    + fields.getOrDefault("version", "");
                    case "hc_vault" ->
                            fields.getOrDefault("vault_address", "")
                                    + "/v1/"
                                    + fields.getOrDefault("engine_path", "")
                                    + "/keys/"
                                    + fields.getOrDefault("key_name", "");
                    default -> provider;
                };
        return new WrappedKey(provider, name, fields, context, wrapped);
    }

    /** The key without a data key: the name of a recipient. */
    public WrappedKey unwrapped() {
        return new WrappedKey(provider, name, withoutTime(fields), context, "");
    }

    private static Map<String, String> withoutTime(Map<String, String> fields) {
        Map<String, String> kept = new HashMap<>(fields);
        kept.remove("created_at");
        return kept;
    }

    /** A field's text, or the empty text. */
    public String field(String key) {
        return fields.getOrDefault(key, "");
    }
}
