package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.WebhookCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice trigger receiver}: calls a webhook as the one who is meant to call it would. */
@Command(
        name = "receiver",
        mixinStandardHelpOptions = true,
        description =
                "Calls a Receiver's webhook with the signature or token that its type asks for, to try it out.")
final class TriggerReceiverCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(paramLabel = "NAME", description = "The Receiver.")
    private String name = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:9292",
            description = "Where webhooks are taken; default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://localhost:9292");

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            description = "The JSON to send; an empty object by default.")
    private @Nullable Path payload;

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "The name of the event; the first of spec.events, or push, by default.")
    private @Nullable String event;

    @Override
    public Integer call() throws CommandFailure {
        return flux.with(this::trigger);
    }

    private int trigger(FluxCluster cluster) throws ClusterException, CommandFailure {
        LiveObject receiver =
                cluster.find(ServedKind.named("Receiver"), flux.namespace(), name)
                        .orElseThrow(
                                () -> CommandFailure.notFound("Receiver", name, flux.namespace()));
        String path = receiver.json().at("/status/webhookPath").asText();
        if (path.isEmpty()) {
            throw new CommandFailure("✗ the Receiver has no path yet: " + receiver.message());
        }
        String secret = receiver.json().at("/spec/secretRef/name").asText();
        String token = secret.isEmpty() ? "" : cluster.secret(flux.namespace(), secret, "token");
        WebhookCall call = new WebhookCall(receiver.json().path("spec"), token, event, body());
        int status = send(URI.create(url + path), call);
        if (status != 200) {
            throw new CommandFailure("✗ the webhook answers " + status + meaning(status));
        }
        flux.tell("✔ the webhook answers 200");
        return 0;
    }

    private byte[] body() throws CommandFailure {
        try {
            return payload == null
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(payload);
        } catch (IOException e) {
            throw new CommandFailure("The payload can't be read: " + e.getMessage(), 2);
        }
    }

    private static int send(URI uri, WebhookCall call) throws CommandFailure {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new CommandFailure(
                    "✗ nothing takes webhooks at %s: name the address with --url"
                            .formatted(uri.resolve("/")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("✗ interrupted");
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400 -> ": the call was not accepted; see the log of the fetcher";
            case 404 -> ": no Receiver has this path there";
            case 500 -> ": not all objects could be asked; see the log of the fetcher";
            case 503 -> ": the Receiver is suspended or not ready";
            default -> "";
        };
    }
}
