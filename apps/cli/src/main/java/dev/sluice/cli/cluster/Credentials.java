package dev.sluice.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a user of a kubeconfig proves who it is: a token, a file with one, a name and password, a
 * client certificate, or a program that hands out one of these.
 */
final class Credentials {

    private static final long PROGRAM_SECONDS = 60;

    private final JsonNode user;
    private final Content files;
    private @Nullable JsonNode issued;

    /** Reads {@code name-data} or the file named by {@code name}. */
    interface Content {
        Optional<byte[]> read(JsonNode entry, String name) throws ClusterException;
    }

    Credentials(JsonNode user, Content files) {
        this.user = user;
        this.files = files;
    }

    Optional<byte[]> certificate() throws ClusterException {
        Optional<byte[]> own = files.read(user, "client-certificate");
        return own.isPresent() ? own : issued("clientCertificateData").map(Credentials::utf8);
    }

    Optional<byte[]> key() throws ClusterException {
        Optional<byte[]> own = files.read(user, "client-key");
        return own.isPresent() ? own : issued("clientKeyData").map(Credentials::utf8);
    }

    Optional<String> authorization() throws ClusterException {
        Optional<String> token = token();
        if (token.isPresent()) {
            return Optional.of("Bearer " + token.get());
        }
        String name = user.path("username").asText();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        byte[] pair = utf8(name + ":" + user.path("password").asText());
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private Optional<String> token() throws ClusterException {
        String file = user.path("tokenFile").asText();
        if (!file.isEmpty()) {
            try {
                return Optional.of(Files.readString(Path.of(file)).strip());
            } catch (IOException e) {
                throw new ClusterException(
                        "The file "
                                + file
                                + ", named in the kubeconfig as tokenFile, cannot be read.");
            }
        }
        String token = user.path("token").asText();
        return token.isEmpty() ? issued("token") : Optional.of(token);
    }

    private Optional<String> issued(String field) throws ClusterException {
        if (!user.has("exec")) {
            return Optional.empty();
        }
        JsonNode answer = issued;
        if (answer == null) {
            answer = run(user.get("exec"));
            issued = answer;
        }
        String value = answer.path("status").path(field).asText();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static JsonNode run(JsonNode exec) throws ClusterException {
        List<String> command = new ArrayList<>(List.of(exec.path("command").asText()));
        exec.path("args").forEach(argument -> command.add(argument.asText()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        for (JsonNode variable : exec.path("env")) {
            builder.environment()
                    .put(variable.path("name").asText(), variable.path("value").asText());
        }
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        "{\"apiVersion\":\"%s\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}"
                                .formatted(exec.path("apiVersion").asText()));
        String program =
                "The program "
                        + command.getFirst()
                        + ", named in the kubeconfig for the credentials, ";
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ClusterException(program + "did not end within a minute.");
            }
            if (process.exitValue() != 0) {
                throw new ClusterException(
                        program + "failed with exit code " + process.exitValue() + ".");
            }
            return new ObjectMapper().readTree(output);
        } catch (IOException e) {
            throw new ClusterException(program + "cannot be run, or did not print JSON.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(program + "was interrupted.");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
