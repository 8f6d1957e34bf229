package org.postrider.transport;

import java.time.Duration;

/// Every limit of the connection layer.
///
/// @param connections how many connections there may be at once, over all listeners
/// @param connectionsPerAddress how many of them from one IPv4 address or one IPv6 /64
/// @param refusals how many connections over a limit are told so at once; more are just closed
/// @param backlog how many connections the kernel may hold for us to accept
/// @param firstLine how long a line may be before the conversation says what it expects
/// @param firstIdle how long a client may be silent before the conversation says what it expects
/// @param endlessLine how many octets of one over-long line are discarded before the connection
///   ends
/// @param readAhead how many received octets wait for a conversation before no more are read
/// @param proxyHeader how long a trusted proxy may take to send its header
/// @param handshake how long a TLS handshake may take
/// @param unread how long a client may leave what we send unread
/// @param linger how long we wait for the client to close its side, so that it can read our last
///   words
/// @param drain how long running commands may take to finish at shutdown
public record TransportLimits(
        int connections,
        int connectionsPerAddress,
        int refusals,
        int backlog,
        int firstLine,
        Duration firstIdle,
        int endlessLine,
        int readAhead,
        Duration proxyHeader,
        Duration handshake,
        Duration unread,
        Duration linger,
        Duration drain) {

    public TransportLimits {
        positive(connections, "connections");
        positive(connectionsPerAddress, "connectionsPerAddress");
        positive(refusals, "refusals");
        positive(backlog, "backlog");
        positive(firstLine, "firstLine");
        positive(firstIdle, "firstIdle");
        positive(endlessLine, "endlessLine");
        positive(readAhead, "readAhead");
        positive(proxyHeader, "proxyHeader");
        positive(handshake, "handshake");
        positive(unread, "unread");
        positive(linger, "linger");
        positive(drain, "drain");
    }

    /// What suits a server of any size; the descriptors of the process bound it first.
    public static TransportLimits standard() {
        return new TransportLimits(
                10_000,
                200,
                64,
                1024,
                1000,
                Duration.ofMinutes(1),
                1 << 20,
                64 << 10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    public TransportLimits withConnections(int all, int perAddress) {
        return new TransportLimits(
                all,
                perAddress,
                refusals,
                backlog,
                firstLine,
                firstIdle,
                endlessLine,
                readAhead,
                proxyHeader,
                handshake,
                unread,
                linger,
                drain);
    }

    public TransportLimits withFirstIdle(Duration silence) {
        return new TransportLimits(
                connections,
                connectionsPerAddress,
                refusals,
                backlog,
                firstLine,
                silence,
                endlessLine,
                readAhead,
                proxyHeader,
                handshake,
                unread,
                linger,
                drain);
    }

    /// The time-outs of a connection that is being set up, or whose client does not read.
    public TransportLimits withTimeouts(Duration header, Duration tls, Duration reading) {
        return new TransportLimits(
                connections,
                connectionsPerAddress,
                refusals,
                backlog,
                firstLine,
                firstIdle,
                endlessLine,
                readAhead,
                header,
                tls,
                reading,
                linger,
                drain);
    }

    public TransportLimits withDrain(Duration grace) {
        return new TransportLimits(
                connections,
                connectionsPerAddress,
                refusals,
                backlog,
                firstLine,
                firstIdle,
                endlessLine,
                readAhead,
                proxyHeader,
                handshake,
                unread,
                linger,
                grace);
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
