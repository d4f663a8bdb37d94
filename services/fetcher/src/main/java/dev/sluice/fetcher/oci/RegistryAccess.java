package dev.sluice.fetcher.oci;

import dev.sluice.fetcher.http.WebAccess;

/**
 * How a registry is reached, and as whom.
 *
 * @param plainHttp whether HTTP will do where the registry has no TLS
 */
public record RegistryAccess(WebAccess web, RegistryCredentials credentials, boolean plainHttp) {}
