package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// The PROXY protocol, versions 1 and 2.
class ProxyTest {

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final List<Network> TRUSTED = List.of(Network.parse("127.0.0.0/8"));

    private static EchoStage stage(List<Network> trusted, TlsMode tls) throws IOException {
        return new EchoStage(
                TransportLimits.standard(), new EchoProtocol(), tls, TestTls.keys(), trusted);
    }

    /// A version 2 header: command and family as octets, and what follows.
    private static byte[] version2(int command, int family, byte[]... parts) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            rest.writeBytes(part);
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.write(0x20 | command);
        header.write(family);
        header.write(rest.size() >> 8);
        header.write(rest.size());
        header.writeBytes(rest.toByteArray());
        return header.toByteArray();
    }

    private static byte[] address(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }

    private static final byte[] PORTS = {(byte) 0xdc, 0x04, 0, 25};

    private static void assertSeen(byte[] header, String remote, String local) throws IOException {
        try (EchoStage stage = stage(TRUSTED, TlsMode.NONE);
                TestClient client = TestClient.connect(stage.address())) {
            client.send(header).send("WHO\r\nWHERE\r\n");
            assertThat(client.line()).isEqualTo("hello");
            assertThat(client.line()).isEqualTo(remote + " clear");
            assertThat(client.line()).startsWith("/" + local);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void version1NamesTheClient() throws IOException {
        assertSeen(
                ascii("PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n"),
                "192.0.2.7",
                "198.51.100.1:25");
        assertSeen(
                ascii("PROXY TCP6 2001:db8::7 2001:db8::1 56324 25\r\n"),
                "2001:db8:0:0:0:0:0:7",
                "[2001:db8:0:0:0:0:0:1]:25");
        assertSeen(ascii("PROXY UNKNOWN\r\n"), "127.0.0.1", "127.0.0.1:");
        assertSeen(ascii("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n"), "127.0.0.1", "127.0.0.1:");
    }

    @Test
    void version2NamesTheClient() throws IOException {
        assertSeen(
                version2(1, 0x11, address("192.0.2.7"), address("198.51.100.1"), PORTS),
                "192.0.2.7",
                "198.51.100.1:25");
        assertSeen(
                version2(1, 0x21, address("2001:db8::7"), address("2001:db8::1"), PORTS),
                "2001:db8:0:0:0:0:0:7",
                "[2001:db8:0:0:0:0:0:1]:25");
    }

    @Test
    void version2ExtensionsAreSkipped() throws IOException {
        byte[] extensions =
                HexFormat.of()
                        .parseHex("020009" + "6c6f63616c686f7374" + "04000100" + "e00003616263");
        assertSeen(
                version2(1, 0x11, address("192.0.2.7"), address("198.51.100.1"), PORTS, extensions),
                "192.0.2.7",
                "198.51.100.1:25");
    }

    /// Health checks of the proxy itself (§2.2: LOCAL, and whatever addresses it has are not used).
    @Test
    void aLocalConnectionIsTheProxysOwn() throws IOException {
        assertSeen(version2(0, 0x00), "127.0.0.1", "127.0.0.1:");
        assertSeen(
                version2(0, 0x11, address("192.0.2.7"), address("198.51.100.1"), PORTS),
                "127.0.0.1",
                "127.0.0.1:");
        assertSeen(version2(1, 0x00), "127.0.0.1", "127.0.0.1:");
        assertSeen(version2(1, 0x31, new byte[216]), "127.0.0.1", "127.0.0.1:");
    }

    @Test
    void aHeaderMayComeInPiecesAndTlsFollowsIt() throws IOException {
        try (EchoStage stage = stage(TRUSTED, TlsMode.IMPLICIT);
                TestClient client = TestClient.connect(stage.address())) {
            byte[] header = version2(1, 0x11, address("192.0.2.7"), address("198.51.100.1"), PORTS);
            for (int i = 0; i < header.length; i++) {
                client.send(Arrays.copyOfRange(header, i, i + 1));
            }
            client.startTls();
            client.sendLine("WHO");
            assertThat(client.line()).isEqualTo("hello");
            assertThat(client.line()).isEqualTo("192.0.2.7 TLSv1.3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECHO something long enough to be no header\r\n",
                "PROXY TCP4 here there 1 2\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 1 99999\r\n",
                "PROXY TCP4 192.0.2.7\r\n",
                "PROXY SCTP4 192.0.2.7 198.51.100.1 1 2\r\n",
                "\r\n\r\n\0\r\nQUIT\n1\u0011\0\u000c123456789012",
                "\r\n\r\n\0\r\nQUIT\n!w\0\u000c123456789012",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000212"
            })
    void whatIsNoHeaderClosesTheConnection(String garbage) throws IOException {
        try (EchoStage stage = stage(TRUSTED, TlsMode.NONE);
                TestClient client = TestClient.connect(stage.address())) {
            client.send(garbage);
            assertThat(client.isClosed()).isTrue();
            assertThat(stage.protocol().calls()).isEmpty();
        }
    }

    @Test
    void theGreetingWaitsForTheHeaderAndTheHeaderIsNotWaitedForLong() throws IOException {
        Duration patience = Duration.ofMillis(200);
        TransportLimits limits =
                TransportLimits.standard().withTimeouts(patience, patience, patience);
        try (EchoStage stage =
                        new EchoStage(limits, new EchoProtocol(), TlsMode.NONE, null, TRUSTED);
                TestClient client = TestClient.connect(stage.address())) {
            assertThat(client.isClosed()).as("not a word before").isTrue();
            assertThat(stage.protocol().calls()).isEmpty();
        }
    }

    @Test
    void aStrangersHeaderIsNotBelieved() throws IOException {
        try (EchoStage stage =
                        stage(
                                List.of(Network.parse("10.0.0.0/8"), Network.parse("::1")),
                                TlsMode.NONE);
                TestClient client = TestClient.connect(stage.address())) {
            client.send("PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\nWHO\r\n");
            assertThat(client.line()).isEqualTo("hello");
            assertThat(client.line()).isEqualTo("what?");
            assertThat(client.line()).isEqualTo("127.0.0.1 clear");
        }
    }
}
