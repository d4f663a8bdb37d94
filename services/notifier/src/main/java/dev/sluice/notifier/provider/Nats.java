package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.SSLSocket;

/**
 * NATS: the event is published on the subject that the channel names. One connection for each
 * notification: connect, publish, and wait for the answer to a ping, by which the server says that
 * it has read what came before.
 */
final class Nats {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = 4222;
    private static final int LONGEST_LINE = 64 * 1024;

    private Nats() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException {
        String address = target.requiredAddress();
        String subject = target.requiredChannel();
        if (subject.chars().anyMatch(c -> c <= ' ')) {
            throw TellException.later("the subject in spec.channel holds a blank");
        }
        URI uri = Addresses.uri(address.contains("://") ? address : "nats://" + address);
        int millis = Math.toIntExact(Math.min(target.timeout().toMillis(), 600_000));
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort()),
                    millis);
            plain.setSoTimeout(millis);
            JsonNode info = info(plain.getInputStream());
            boolean secure = uri.getScheme().equals("tls") || info.path("tls_required").asBoolean();
            try (Socket socket = secure ? secured(plain, uri, target) : plain) {
                publish(socket, subject, notification.body(), connect(info, uri, target));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new TellException(
                    TellException.Prospect.SERVICE_AWAY,
                    "the NATS server does not take it: "
                            + target.access().masked(String.valueOf(e.getMessage())));
        }
    }

    private static JsonNode info(InputStream in) throws IOException {
        String line = line(in);
        if (!line.startsWith("INFO ")) {
            throw new IOException("it is no NATS server");
        }
        return JSON.readTree(line.substring("INFO ".length()));
    }

    private static Socket secured(Socket plain, URI uri, Target target)
            throws IOException, GeneralSecurityException {
        SSLSocket socket =
                (SSLSocket)
                        target.access()
                                .tls()
                                .context()
                                .getSocketFactory()
                                .createSocket(plain, uri.getHost(), plain.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static ObjectNode connect(JsonNode info, URI uri, Target target)
            throws GeneralSecurityException {
        ObjectNode options = JSON.createObjectNode();
        options.put("verbose", false)
                .put("pedantic", false)
                .put("lang", "java")
                .put("version", "1.0")
                .put("name", "Sluice");
        NatsIdentity.of(target.access(), uri.getUserInfo())
                .prove(options, info.path("nonce").asText());
        return options;
    }

    private static void publish(Socket socket, String subject, byte[] body, ObjectNode connect)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(text("CONNECT " + connect + "\r\n"));
        request.writeBytes(text("PUB " + subject + ' ' + body.length + "\r\n"));
        request.writeBytes(body);
        request.writeBytes(text("\r\nPING\r\n"));
        out.write(request.toByteArray());
        out.flush();
        InputStream in = socket.getInputStream();
        while (true) {
            String line = line(in);
            if (line.startsWith("-ERR")) {
                throw new IOException(line.substring("-ERR".length()).strip());
            }
            if (line.equals("PONG")) {
                return;
            }
            if (line.equals("PING")) {
                out.write(text("PONG\r\n"));
                out.flush();
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("the server ended the connection");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
