package dev.sluice.testkit.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands before a server of plain HTTP and closes at once what greets with TLS. The JDK's server
 * would wait for the end of a request line, and the client for an answer, until it loses patience.
 *
 * <p>Threads: one virtual thread takes connections, two serve each; all end with the sockets.
 */
final class PlainDoor implements AutoCloseable {

    /** The first byte of a TLS handshake. No method of HTTP begins with it. */
    private static final int HANDSHAKE = 0x16;

    private final ServerSocket door;
    private final InetSocketAddress server;

    PlainDoor(InetSocketAddress server) throws IOException {
        this.server = server;
        door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that has gone before it was seen.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            int first = client.getInputStream().read();
            if (first == HANDSHAKE || first < 0) {
                return;
            }
            try (Socket inner = new Socket(server.getAddress(), server.getPort())) {
                inner.getOutputStream().write(first);
                Thread.startVirtualThread(() -> pass(inner, client));
                pass(client, inner);
            }
        } catch (IOException e) {
            // One of the two has gone, and the other is told by its socket.
        }
    }

    /** Until one of them ends; the other has nothing to say to it then. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The end.
        }
    }
}
