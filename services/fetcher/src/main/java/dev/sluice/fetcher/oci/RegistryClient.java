package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.http.WebClient.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from registries by the OCI distribution API. All that is read is checked against its
 * digest. Safe for use by many threads; every call blocks.
 */
public final class RegistryClient {

    private static final String MANIFESTS =
            String.join(
                    ", ",
                    "application/vnd.oci.image.manifest.v1+json",
                    "application/vnd.docker.distribution.manifest.v2+json",
                    "application/vnd.oci.image.index.v1+json",
                    "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final int MAX_MANIFEST = 4 << 20;
    private static final int MAX_PAGES = 200;
    private static final int MAX_TAGS = 100_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;.*rel=\"?next\"?.*");
    private static final Pattern REFERENCE =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[0-9a-f]{64}");

    private final RegistrySessions sessions;

    /**
     * @param clock tells how long tokens are good
     */
    public RegistryClient(WebClient web, Clock clock) {
        this.sessions = new RegistrySessions(web, clock);
    }

    /** All tags of a repository. */
    public List<String> tags(RegistryAccess access, ImageName name)
            throws IOException, InterruptedException {
        List<String> tags = new ArrayList<>();
        String path = "/v2/" + name.repository() + "/tags/list?n=1000";
        for (int page = 0; page < MAX_PAGES && !path.isEmpty(); page++) {
            WebAnswer answer = get(access, name, path, "application/json", MAX_MANIFEST);
            for (JsonNode tag : Manifest.tree(answer.body()).path("tags")) {
                tags.add(tag.asText(""));
            }
            if (tags.size() > MAX_TAGS) {
                throw new IOException(name + " has more than " + MAX_TAGS + " tags");
            }
            path = next(answer);
        }
        return tags;
    }

    /** What follows in the same registry; empty for nothing. */
    private static String next(WebAnswer answer) {
        Matcher link = NEXT.matcher(answer.header("Link"));
        if (!link.matches()) {
            return "";
        }
        try {
            URI next = answer.uri().resolve(link.group(1));
            return next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The digest that a tag stands for now: one HEAD. */
    public String digest(RegistryAccess access, ImageName name, String reference)
            throws IOException, InterruptedException {
        Call call = new Call("HEAD", path(name, "manifests", reference), accept(MANIFESTS), "");
        WebAnswer answer = sessions.send(access, name, call, MAX_MANIFEST);
        String digest = answer.header("Docker-Content-Digest");
        if (answer.isOk() && Manifest.DIGEST.matcher(digest).matches()) {
            return digest;
        }
        // Not every registry answers as it should.
        return Digest.of(manifestBytes(access, name, reference).body()).value();
    }

    /** The manifest behind a tag or digest; of an index the one for Linux on amd64. */
    public Manifest manifest(RegistryAccess access, ImageName name, String reference)
            throws IOException, InterruptedException {
        byte[] bytes = manifestBytes(access, name, reference).body();
        String chosen = Manifest.chosen(bytes);
        if (!chosen.isEmpty()) {
            return Manifest.read(chosen, manifestBytes(access, name, chosen).body());
        }
        return Manifest.read(Digest.of(bytes).value(), bytes);
    }

    private WebAnswer manifestBytes(RegistryAccess access, ImageName name, String reference)
            throws IOException, InterruptedException {
        WebAnswer answer =
                get(
                        access,
                        name,
                        path(name, "manifests", reference).toString(),
                        MANIFESTS,
                        MAX_MANIFEST);
        if (Manifest.DIGEST.matcher(reference).matches()
                && !Digest.of(answer.body()).value().equals(reference)) {
            throw new IOException(name + ": the manifest is not what its digest says");
        }
        return answer;
    }

    /** A small blob, such as a signature's payload. */
    public byte[] blob(RegistryAccess access, ImageName name, Manifest.Layer layer, int maxBytes)
            throws IOException, InterruptedException {
        checkSize(name, layer, maxBytes);
        byte[] bytes =
                get(access, name, path(name, "blobs", layer.digest()).toString(), "*/*", maxBytes)
                        .body();
        checkDigest(name, layer, Digest.of(bytes).value());
        return bytes;
    }

    /** Fetches a blob into a file. */
    public void download(
            RegistryAccess access, ImageName name, Manifest.Layer layer, Path file, long maxBytes)
            throws IOException, InterruptedException {
        checkSize(name, layer, maxBytes);
        MessageDigest digest = Digest.sha256();
        Call call = new Call("GET", path(name, "blobs", layer.digest()), accept("*/*"), "");
        int status =
                sessions.send(
                        access,
                        name,
                        call,
                        layer.size() + MAX_MANIFEST,
                        (code, answer, body) -> {
                            if (code == 200) {
                                digest.reset();
                                try (OutputStream out = Files.newOutputStream(file);
                                        InputStream in = new DigestInputStream(body, digest)) {
                                    in.transferTo(out);
                                }
                            }
                            return code;
                        });
        if (status != 200) {
            throw refused(name, status, "");
        }
        checkDigest(name, layer, Digest.of(digest).value());
    }

    private static void checkSize(ImageName name, Manifest.Layer layer, long maxBytes)
            throws IOException {
        if (layer.size() > maxBytes) {
            throw new IOException(
                    "%s: the layer has %d bytes, more than the %d allowed"
                            .formatted(name, layer.size(), maxBytes));
        }
    }

    private static void checkDigest(ImageName name, Manifest.Layer layer, String digest)
            throws IOException {
        if (!digest.equals(layer.digest())) {
            throw new IOException(
                    "%s: the blob %s is not what its digest says".formatted(name, layer.digest()));
        }
    }

    private WebAnswer get(
            RegistryAccess access, ImageName name, String path, String accept, long maxBytes)
            throws IOException, InterruptedException {
        Call call = new Call("GET", URI.create(path), accept(accept), "");
        WebAnswer answer = sessions.send(access, name, call, maxBytes);
        if (!answer.isOk()) {
            throw refused(name, answer.status(), answer.text());
        }
        return answer;
    }

    private static RegistryException refused(ImageName name, int status, String body) {
        String said;
        try {
            JsonNode error = Manifest.tree(body.getBytes(StandardCharsets.UTF_8));
            JsonNode first = error.path("errors").path(0);
            said = " " + first.path("code").asText("") + " " + first.path("message").asText("");
        } catch (IOException e) {
            said = "";
        }
        String shown = said.strip().replaceAll("\\p{Cntrl}", "?");
        return new RegistryException(
                status,
                "%s: the registry answers %d%s"
                        .formatted(
                                name,
                                status,
                                shown.isEmpty()
                                        ? ""
                                        : ": "
                                                + shown.substring(
                                                        0, Math.min(200, shown.length()))));
    }

    private static URI path(ImageName name, String what, String reference) throws IOException {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IOException("'%s' is neither a tag nor a digest".formatted(reference));
        }
        return URI.create("/v2/" + name.repository() + "/" + what + "/" + reference);
    }

    private static Map<String, String> accept(String types) {
        return new HashMap<>(Map.of("Accept", types));
    }
}
