package dev.sluice.remotes;

import dev.sluice.kustomize.api.RemoteTrees;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.jgit.api.errors.JGitInternalException;

/** Fetches from allowed hosts, anew for each build that asks. */
public final class HostedTrees implements RemoteTrees {

    private static final int MOST_REDIRECTS = 3;

    private final AllowedHosts hosts;
    private final Duration patience;
    private final int mostBytes;

    /**
     * @param patience how long an answer may take
     * @param mostBytes how large a single file may be
     */
    public HostedTrees(AllowedHosts hosts, Duration patience, int mostBytes) {
        this.hosts = hosts;
        this.patience = patience;
        this.mostBytes = mostBytes;
    }

    @Override
    public Remote directory(String named) throws IOException {
        GitAddress address = GitAddress.parse(named);
        hosts.require(address.repository());
        try {
            GitTree tree = new GitFetch(address, (int) patience.toSeconds()).run();
            return new Remote(tree, address.path());
        } catch (JGitInternalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] file(String named) throws IOException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(patience)
                        .build()) {
            URI url = URI.create(named);
            for (int i = 0; i <= MOST_REDIRECTS; i++) {
                // Each host on the way must be allowed.
                hosts.require(url);
                HttpRequest request = HttpRequest.newBuilder(url).timeout(patience).build();
                HttpResponse<InputStream> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() / 100 == 2) {
                        return bounded(body);
                    }
                    if (answer.statusCode() / 100 != 3) {
                        throw new IOException("the host answers " + answer.statusCode());
                    }
                }
                url =
                        url.resolve(
                                answer.headers()
                                        .firstValue("location")
                                        .orElseThrow(() ->
                                                new IOException("a redirect that leads nowhere")));
            }
            throw new IOException("more than " + MOST_REDIRECTS + " redirects");
        } catch (IllegalArgumentException e) {
            throw new IOException("no URL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    private byte[] bounded(InputStream body) throws IOException {
        byte[] content = body.readNBytes(mostBytes + 1);
        if (content.length > mostBytes) {
            throw new IOException("larger than " + mostBytes + " bytes");
        }
        return content;
    }
}
