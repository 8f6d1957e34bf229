package org.postrider.transport;

import java.time.Duration;

/// Every limit of the connection layer.
///
/// @param connections how many clients there may be
/// @param input what is read of a client
/// @param waits how long a client is waited for
public record TransportLimits(Connections connections, Input input, Waits waits) {

    /// What suits a server of any size; the descriptors of the process bound it first.
    public static TransportLimits standard() {
        return new TransportLimits(
                new Connections(10_000, 200, 64, 1024),
                new Input(1000, Duration.ofMinutes(1), 1 << 20, 64 << 10),
                new Waits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5)));
    }

    public TransportLimits withConnections(int all, int perAddress) {
        var changed =
                new Connections(all, perAddress, connections.refusals(), connections.backlog());
        return new TransportLimits(changed, input, waits);
    }

    /// The time-outs of a connection that is being set up, or whose client does not read.
    public TransportLimits withTimeouts(Duration header, Duration tls, Duration reading) {
        var changed = new Waits(header, tls, reading, waits.linger(), waits.drain());
        return new TransportLimits(connections, input, changed);
    }

    public TransportLimits withDrain(Duration grace) {
        var changed =
                new Waits(
                        waits.proxyHeader(),
                        waits.handshake(),
                        waits.unread(),
                        waits.linger(),
                        grace);
        return new TransportLimits(connections, input, changed);
    }

    /// How many clients there may be.
    ///
    /// @param all how many connections there may be at once, over all listeners
    /// @param perAddress how many of them from one IPv4 address or one IPv6 /64
    /// @param refusals how many connections over a limit are told so at once; more are just closed
    /// @param backlog how many connections the kernel may hold for us to accept
    public record Connections(int all, int perAddress, int refusals, int backlog) {

        public Connections {
            positive(all, "connections");
            positive(perAddress, "connectionsPerAddress");
            positive(refusals, "refusals");
            positive(backlog, "backlog");
        }
    }

    /// What is read of a client.
    ///
    /// @param firstLine how long a line may be before the conversation says what it expects
    /// @param firstIdle how long a client may be silent before the conversation says what it
    ///   expects
    /// @param endlessLine how many octets of one over-long line are discarded before the connection
    ///   ends
    /// @param readAhead how many received octets wait for a conversation before no more are read
    public record Input(int firstLine, Duration firstIdle, int endlessLine, int readAhead) {

        public Input {
            positive(firstLine, "firstLine");
            positive(firstIdle, "firstIdle");
            positive(endlessLine, "endlessLine");
            positive(readAhead, "readAhead");
        }
    }

    /// How long a client is waited for.
    ///
    /// @param proxyHeader how long a trusted proxy may take to send its header
    /// @param handshake how long a TLS handshake may take
    /// @param unread how long a client may leave what we send unread
    /// @param linger how long we wait for the client to close its side, so that it can read our
    ///   last words
    /// @param drain how long running commands may take to finish at shutdown
    public record Waits(
            Duration proxyHeader,
            Duration handshake,
            Duration unread,
            Duration linger,
            Duration drain) {

        public Waits {
            positive(proxyHeader, "proxyHeader");
            positive(handshake, "handshake");
            positive(unread, "unread");
            positive(linger, "linger");
            positive(drain, "drain");
        }
    }

    private static void positive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    private static void positive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
