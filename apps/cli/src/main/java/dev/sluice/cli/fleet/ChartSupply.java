package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.helm.ChartTemplate;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.chart.ChartFolder;
import dev.sluice.helm.chart.ChartIndex;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.helm.values.InvalidValuesException;
import dev.sluice.helm.values.Values;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Charts for a preview: folders of the commit itself, and what chart repositories serve to anybody.
 * Each address is asked once.
 */
public final class ChartSupply implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String VALUES = "values.yaml";

    /** A chart cannot be had here; the message says why. */
    static final class UnknownChart extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownChart(String message) {
            super(message);
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(PATIENCE)
                    .build();
    private final ChartLimits limits = ChartLimits.DEFAULT;
    private final Map<URI, byte[]> fetched = new HashMap<>();

    /** The chart in a folder of the commit. */
    ChartFiles inFolder(FileTree tree, ChartTemplate.Spec wanted) throws UnknownChart {
        String folder = ChartFolder.inside(wanted.chart());
        try {
            if (tree.kind(folder) != PathKind.DIRECTORY) {
                throw new UnknownChart("there is no folder " + wanted.chart());
            }
            return withValues(ChartFolder.read(tree, folder, limits), wanted, tree);
        } catch (IOException | ChartException e) {
            throw new UnknownChart(wanted.chart() + ": " + e.getMessage());
        }
    }

    /**
     * The chart that a repository has for the version that is wanted.
     *
     * @param repository spec of the HelmRepository
     */
    ChartFiles inRepository(ObjectNode repository, ChartTemplate.Spec wanted) throws UnknownChart {
        String url = repository.path("url").asText();
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new UnknownChart("it is in a registry, which a preview does not ask");
        }
        if (repository.has("secretRef") || repository.has("certSecretRef")) {
            throw new UnknownChart("its repository wants credentials that only the cluster has");
        }
        try {
            URI base = URI.create(url.endsWith("/") ? url : url + '/');
            ChartIndex index = ChartIndex.read(get(base.resolve("index.yaml"), limits.index()));
            ChartIndex.Entry entry =
                    ChartIndex.best(index.versions(wanted.chart()), wanted.version())
                            .orElseThrow(() ->
                                    new UnknownChart(
                                            "the repository has no version "
                                                    + wanted.version()
                                                    + " of it"));
            byte[] archive = get(base.resolve(entry.urls().getFirst()), limits.archive());
            return withValues(ChartFiles.unpack(archive, limits), wanted, null);
        } catch (ChartException | IllegalArgumentException e) {
            throw new UnknownChart(url + ": " + e.getMessage());
        }
    }

    private byte[] get(URI address, long most) throws UnknownChart {
        byte[] known = fetched.get(address);
        if (known != null) {
            return known;
        }
        try {
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
            if (answer.statusCode() != 200) {
                throw new UnknownChart(address + " answers " + answer.statusCode());
            }
            fetched.put(address, answer.body());
            return answer.body();
        } catch (IOException e) {
            throw new UnknownChart(
                    address
                            + " cannot be read"
                            + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownChart("interrupted");
        }
    }

    /** Values files take the place of the chart's own values. */
    private static ChartFiles withValues(
            ChartFiles chart, ChartTemplate.Spec wanted, @Nullable FileTree tree)
            throws UnknownChart {
        List<String> paths = wanted.valuesFiles();
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (String path : paths) {
            try {
                byte[] text = file(chart, ChartFolder.inside(path), tree);
                if (text == null && !wanted.ignoreMissingValuesFiles()) {
                    throw new UnknownChart("there is no values file " + path);
                }
                if (text != null) {
                    merged =
                            Values.merge(
                                    merged, Values.read(new String(text, StandardCharsets.UTF_8)));
                }
            } catch (IOException | InvalidValuesException e) {
                throw new UnknownChart(path + ": " + e.getMessage());
            }
        }
        return merged.isEmpty()
                ? chart
                : chart.with(VALUES, merged.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] file(ChartFiles chart, String path, @Nullable FileTree tree)
            throws IOException {
        if (tree == null) {
            return chart.all().get(path);
        }
        return tree.kind(path) == PathKind.FILE ? tree.read(path) : null;
    }

    @Override
    public void close() {
        client.close();
    }
}
