package org.postrider.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Stands between a store and its PostgreSQL, and cuts a connection just when a commit goes by.
final class CuttingProxy implements AutoCloseable {

    enum Cut {
        NEVER,
        /// The server does not hear of the commit.
        BEFORE_THE_COMMIT,
        /// The server commits, its answer gets lost.
        AFTER_THE_COMMIT
    }

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private Cut cut = Cut.NEVER;
    private int commitsBefore;

    CuttingProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// Cuts the n-th commit from now on.
    synchronized void cut(int n, Cut how) {
        cut = how;
        commitsBefore = n - 1;
    }

    /// Cuts nothing any more.
    ///
    /// @return whether it has cut
    synchronized boolean stop() {
        boolean hasCut = cut == Cut.NEVER;
        cut = Cut.NEVER;
        return hasCut;
    }

    private synchronized Cut cutOf(String sent) {
        if (!sent.contains("COMMIT") || commitsBefore-- > 0) {
            return Cut.NEVER;
        }
        var now = cut;
        cut = Cut.NEVER;
        return now;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                var server = new Socket(host, port);
                var link = new Link(client, server);
                Thread.ofVirtual().start(link::up);
                Thread.ofVirtual().start(link::down);
            } catch (IOException e) {
                return;
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean loseAnswer;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /// From the store to the server.
        void up() {
            try {
                var buffer = new byte[64 << 10];
                InputStream in = client.getInputStream();
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    var text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                    var how = cutOf(text);
                    if (how == Cut.BEFORE_THE_COMMIT) {
                        break;
                    }
                    loseAnswer |= how == Cut.AFTER_THE_COMMIT;
                    server.getOutputStream().write(buffer, 0, count);
                }
            } catch (IOException e) {
                // the other direction closed them
            }
            closeBoth();
        }

        /// From the server to the store.
        void down() {
            try {
                var buffer = new byte[64 << 10];
                InputStream in = server.getInputStream();
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    if (loseAnswer) {
                        break;
                    }
                    client.getOutputStream().write(buffer, 0, count);
                }
            } catch (IOException e) {
                // the other direction closed them
            }
            closeBoth();
        }

        private void closeBoth() {
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }
}
