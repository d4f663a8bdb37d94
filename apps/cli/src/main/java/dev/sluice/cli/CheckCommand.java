package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.ServedKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether a cluster has what Sluice needs, and whether Sluice runs. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks the cluster's version, the definitions of the Flux kinds, and the services. Exit code 1 where something is missing.")
final class CheckCommand implements Callable<Integer> {

    private static final int OLDEST_MINOR = 31;
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+).*");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SERVICES = "app.kubernetes.io/part-of%20in%20(sluice,flux)";

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Option(names = "--pre", description = "Check only what must be there before an installation.")
    private boolean before;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where sluice up serves its health, such as http://localhost:8080: checked instead of Deployments.")
    private @Nullable URI url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The directory of a running sluice up, whose health is checked where there are no Deployments; ~/.local/share/sluice/default by default.")
    private @Nullable Path data;

    private boolean failed;

    @Override
    public Integer call() throws CommandFailure {
        return flux.with(this::check);
    }

    private int check(FluxCluster cluster) throws ClusterException {
        flux.tell("► checking prerequisites");
        version(cluster);
        if (!before) {
            flux.tell("► checking definitions");
            for (ServedKind kind : ServedKind.all()) {
                definition(cluster, kind);
            }
            flux.tell("► checking services");
            if (url != null) {
                health(url);
            } else if (data != null) {
                local().ifPresentOrElse(this::health, this::nothing);
            } else {
                deployments(cluster);
            }
        }
        flux.tell(failed ? "✗ check failed" : "✔ all checks passed");
        return failed ? 1 : 0;
    }

    private void version(FluxCluster cluster) throws ClusterException {
        String version = cluster.client().get("/version").path("gitVersion").asText();
        Matcher parts = VERSION.matcher(version);
        boolean recent =
                parts.matches()
                        && (Integer.parseInt(parts.group(1)) > 1
                                || Integer.parseInt(parts.group(2)) >= OLDEST_MINOR);
        say(recent, "Kubernetes " + version + (recent ? "" : " is older than 1." + OLDEST_MINOR));
    }

    private void definition(FluxCluster cluster, ServedKind kind) throws ClusterException {
        String name = kind.plural() + '.' + kind.group();
        Optional<ObjectNode> found =
                cluster.client()
                        .find("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name);
        if (found.isEmpty()) {
            say(false, name + " is not defined: run sluice install --components=crds");
            return;
        }
        boolean established = false;
        for (JsonNode condition : found.get().at("/status/conditions")) {
            established |=
                    condition.path("type").asText().equals("Established")
                            && condition.path("status").asText().equals("True");
        }
        boolean served = false;
        for (JsonNode version : found.get().at("/spec/versions")) {
            served |=
                    version.path("name").asText().equals(kind.version())
                            && version.path("served").asBoolean();
        }
        String what = name + '/' + kind.version();
        say(
                established && served,
                what + (served ? established ? "" : " is not established" : " is not served"));
    }

    private void deployments(FluxCluster cluster) throws ClusterException {
        JsonNode items =
                cluster.client()
                        .get(
                                "/apis/apps/v1/namespaces/"
                                        + flux.namespace()
                                        + "/deployments?labelSelector="
                                        + SERVICES)
                        .path("items");
        if (items.isEmpty()) {
            local().ifPresentOrElse(this::health, this::nothing);
        }
        for (JsonNode deployment : items) {
            int wanted = deployment.at("/spec/replicas").asInt(1);
            int ready = deployment.at("/status/readyReplicas").asInt();
            say(
                    ready >= wanted,
                    "%s: %d of %d replicas ready"
                            .formatted(deployment.at("/metadata/name").asText(), ready, wanted));
            for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
                flux.tell("► " + container.path("image").asText());
            }
        }
    }

    private void nothing() {
        say(
                false,
                "no services found in the '%s' namespace, and no sluice up in %s: name another by --url or --data"
                        .formatted(flux.namespace(), BrokerOptions.folder(data)));
    }

    /** Where sluice up says that it listens, on this machine. */
    private Optional<URI> local() {
        Path file = BrokerOptions.folder(data).resolve("http.address");
        try {
            return Optional.of(URI.create(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void health(URI base) {
        URI address = base.resolve("/q/health/ready");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status =
                    client.send(
                                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            say(status == 200, address + " answers " + status);
        } catch (IOException | IllegalArgumentException e) {
            say(false, address + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            say(false, "interrupted");
        }
    }

    private void say(boolean good, String what) {
        failed |= !good;
        flux.tell((good ? "✔ " : "✗ ") + what);
    }
}
