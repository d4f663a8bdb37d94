package dev.sluice.fetcher.oci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository in a registry.
 *
 * @param host with its port, for example {@code ghcr.io} or {@code localhost:5000}
 * @param repository its path, for example {@code team/app}
 */
public record ImageName(String host, String repository) {

    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM =
            Pattern.compile(
                    "oci://([A-Za-z0-9.-]+(?::\\d{1,5})?|\\[[0-9a-fA-F:.]+](?::\\d{1,5})?)/("
                            + PART
                            + "(?:/"
                            + PART
                            + ")*)");

    /** Reads {@code oci://host/path}; empty for what is none, for example with a tag at its end. */
    public static Optional<ImageName> parse(String url) {
        Matcher parts = FORM.matcher(url);
        if (url.length() > 1024 || !parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1);
        return Optional.of(
                new ImageName(
                        host.equals("docker.io") ? "index.docker.io" : host,
                        host.equals("docker.io") && !parts.group(2).contains("/")
                                ? "library/" + parts.group(2)
                                : parts.group(2)));
    }

    /** {@code host/repository}. */
    @Override
    public String toString() {
        return host + "/" + repository;
    }
}
