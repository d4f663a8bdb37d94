package dev.sluice.kubernetes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to an API server.
 *
 * @param path with its query, without host
 * @param body JSON, or null for none
 * @param timeout of the whole exchange
 */
public record ApiRequest(
        String method,
        String path,
        String accept,
        String contentType,
        @Nullable String body,
        Duration timeout) {

    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final String JSON = "application/json";

    /** Asks for an object's metadata only, whatever else the request does. */
    public static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    /** Asks for the metadata of a list's objects only. */
    public static final String METADATA_LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    public static final String APPLY = "application/apply-patch+yaml";
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String JSON_PATCH = "application/json-patch+json";

    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, JSON, JSON, null, DEFAULT_TIMEOUT);
    }

    public static ApiRequest post(String path, String body) {
        return new ApiRequest("POST", path, JSON, JSON, body, DEFAULT_TIMEOUT);
    }

    public static ApiRequest patch(String path, String type, String body) {
        return new ApiRequest("PATCH", path, JSON, type, body, DEFAULT_TIMEOUT);
    }

    public static ApiRequest delete(String path, String options) {
        return new ApiRequest("DELETE", path, METADATA, JSON, options, DEFAULT_TIMEOUT);
    }

    public ApiRequest accepting(String type) {
        return new ApiRequest(method, path, type, contentType, body, timeout);
    }

    public ApiRequest within(Duration limit) {
        return new ApiRequest(method, path, accept, contentType, body, limit);
    }
}
