package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postrider.transport.testing.TestClient;

/// One connection under clients that are slow, silent, endless or gone.
class ConnectionTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static EchoStage stage(TlsMode tls) throws IOException {
        return new EchoStage(TransportLimits.standard(), new EchoProtocol(), tls);
    }

    private static EchoStage impatient() throws IOException {
        return new EchoStage(TransportLimits.standard(), new EchoProtocol(SHORT), TlsMode.NONE);
    }

    private static TestClient client(EchoStage stage) throws IOException {
        TestClient client =
                stage.listener().tls() == TlsMode.IMPLICIT
                        ? TestClient.connectTls(stage.address())
                        : TestClient.connect(stage.address());
        assertThat(client.line()).isEqualTo("hello");
        return client;
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void aSlowReaderCostsLittleAndHindersNobody(TlsMode tls) throws Exception {
        int wanted = 40_000_000;
        try (EchoStage stage = stage(tls);
                TestClient slow = client(stage);
                TestClient other = client(stage)) {
            slow.sendLine("FILL " + wanted).sendLine("ECHO filled");
            for (int i = 0; i < 500; i++) {
                other.sendLine("ECHO " + i);
                assertThat(other.line()).isEqualTo("" + i);
            }
            assertThat(stage.protocol().filled())
                    .as("what fits into buffers")
                    .isLessThan(wanted / 2);

            byte[] block = new byte[1_000_000];
            for (int i = 0; i < wanted; i += block.length) {
                assertThat(slow.octets(block.length)).isEqualTo(block);
            }
            assertThat(slow.line()).isEqualTo("filled");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"NONE", "IMPLICIT"})
    void aClientThatPipelinesWithoutEndGetsEveryAnswer(TlsMode tls) throws Exception {
        int commands = 100_000;
        try (EchoStage stage = stage(tls);
                TestClient client = client(stage)) {
            Thread sender =
                    Thread.startVirtualThread(() -> {
                        try {
                            for (int i = 0; i < commands; i += 1000) {
                                client.send("ECHO x\r\n".repeat(1000));
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            byte[] answers = "x\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < commands; i += 1000) {
                assertThat(client.octets(answers.length)).isEqualTo(answers);
            }
            assertThat(sender.join(PATIENCE)).isTrue();
        }
    }

    /// The first segments of a connection are acknowledged at once by themselves.
    @Test
    void theRestOfACommandIsNotKeptBackForAnAcknowledgement() throws Exception {
        Duration delayedAcknowledgement = Duration.ofMillis(40);
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient client = TestClient.connectWithNagle(stage.address())) {
            assertThat(client.line()).isEqualTo("hello");
            Duration quickest = LONG;
            for (int round = 0; round < 60; round++) {
                client.sendLine("LITERAL 5000");
                assertThat(client.line()).isEqualTo("go on");
                long begun = System.nanoTime();
                client.send("x".repeat(4998)).send("xx");
                assertThat(client.line()).isEqualTo("got 5000");
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                if (round >= 30 && taken.compareTo(quickest) < 0) {
                    quickest = taken;
                }
            }
            assertThat(quickest).isLessThan(delayedAcknowledgement);
        }
    }

    @Test
    void aClientThatReadsNothingIsClosed() throws Exception {
        TransportLimits limits = TransportLimits.standard().withTimeouts(LONG, LONG, SHORT);
        try (EchoStage stage = new EchoStage(limits);
                TestClient slow = client(stage)) {
            slow.sendLine("FILL 1000000000");
            stage.protocol().awaitCall("closed");
            assertThat(stage.protocol().calls())
                    .containsExactly("opened", "line FILL 1000000000", "closed");
        }
    }

    @Test
    void aClientThatSendsFasterThanWeWorkIsHeldBack() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_SNDBUF, 100_000);
            client.connect(stage.address());
            NettyConnection connection = stage.protocol().connection();
            client.write(ByteBuffer.wrap("WAIT\r\n".getBytes(StandardCharsets.US_ASCII)));
            stage.protocol().awaitCall("line WAIT");
            client.configureBlocking(false);
            byte[] line = "x\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            long stuck = System.nanoTime();
            while (System.nanoTime() - stuck < SHORT.toNanos() && sent < 100_000_000) {
                int written = client.write(ByteBuffer.wrap(line));
                sent += written;
                stuck = written > 0 ? System.nanoTime() : stuck;
            }
            assertThat(sent).as("what fits into buffers").isLessThan(100_000_000);
            assertThat(connection.inbound().available())
                    .isLessThan(3 * TransportLimits.standard().input().readAhead());
            stage.protocol().open();
        }
    }

    @Test
    void aSlowWriterIsUnderstood() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient slow = client(stage)) {
            for (char octet : "LITERAL 3\r\nabcECHO done\r\n".toCharArray()) {
                slow.send(String.valueOf(octet));
            }
            assertThat(List.of(slow.line(), slow.line(), slow.line()))
                    .containsExactly("go on", "got 3", "done");
        }
    }

    @Test
    void anEndlessLineEndsTheConnection() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient client = client(stage)) {
            byte[] block = new byte[100_000];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 15; i++) {
                client.send(block);
            }
            assertThat(client.line()).isEqualTo("farewell ABUSE");
            assertThat(client.isClosed()).isTrue();
            assertThat(stage.protocol().calls())
                    .containsExactly("opened", "farewell ABUSE", "closed");
        }
    }

    @Test
    void aSilentClientIsToldGoodbye() throws Exception {
        try (EchoStage stage = impatient();
                TestClient client = client(stage)) {
            assertThat(client.line()).isEqualTo("farewell IDLE");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void silenceInTheMiddleOfALineIsSilence() throws Exception {
        try (EchoStage stage = impatient();
                TestClient client = client(stage)) {
            client.send("ECHO hal");
            assertThat(client.line()).isEqualTo("farewell IDLE");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aLiteralAnnouncedAndNeverSentEndsTheConnection() throws Exception {
        try (EchoStage stage = impatient();
                TestClient client = client(stage)) {
            client.sendLine("LITERAL 1000").send("only this");
            assertThat(client.line()).isEqualTo("go on");
            assertThat(client.line()).isEqualTo("farewell IDLE");
            assertThat(client.isClosed()).isTrue();
            assertThat(stage.protocol().calls()).endsWith("farewell IDLE", "closed");
        }
    }

    @Test
    void aClientThatIsGoneEndsTheConversationOnce() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE)) {
            for (String last :
                    List.of("", "ECHO hal", "LITERAL 10\r\nabc", "DATA\r\nabc\r\n.", "ASK\r\n")) {
                TestClient client = client(stage);
                client.send(last).reset();
            }
            stage.protocol().awaitCall("closed", 5);
            assertThat(stage.protocol().calls()).doesNotContain("farewell FAULT");
            stage.transport().close();
            assertThat(stage.listener().connections()).isZero();
        }
    }

    @Test
    void tasksFromEverywhereComeBetweenLines() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient client = client(stage)) {
            Connection connection = stage.protocol().connection();
            for (int t = 0; t < 4; t++) {
                Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 250; i++) {
                        connection.execute(() -> {
                            connection.write("ne");
                            connection.write("ws\r\n");
                        });
                    }
                });
            }
            client.send("ECHO echo\r\n".repeat(1000));
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                heard.add(client.line());
            }
            assertThat(heard).containsOnly("news", "echo");
            assertThat(heard.stream().filter("news"::equals)).hasSize(1000);
        }
    }

    @Test
    void anyThreadMayCloseAnIdleConnection() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient client = client(stage)) {
            Connection connection = stage.protocol().connection();
            connection.close();
            assertThat(client.isClosed()).isTrue();
            connection.execute(() -> connection.write("too late"));
            assertThat(stage.protocol().calls()).containsExactly("opened", "closed");
        }
    }

    @Test
    void anyThreadMayCloseAConnectionThatWaitsForItsClient() throws Exception {
        try (EchoStage stage = stage(TlsMode.NONE);
                TestClient client = client(stage)) {
            client.sendLine("LITERAL 1000").send("only this");
            assertThat(client.line()).isEqualTo("go on");
            stage.protocol().connection().close();
            assertThat(client.isClosed()).isTrue();
            assertThat(stage.protocol().calls())
                    .containsExactly("opened", "line LITERAL 1000", "closed");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"NONE", "IMPLICIT"})
    void aConversationIsTheSameHoweverItIsCut(TlsMode tls) throws Exception {
        String said =
                "ECHO one\r\nASK\r\nanswer\r\nLITERAL 12\r\nECHO no\r\n.\r\nbare\nDATA\r\n..a\r\n.\n.\r\r\n.\r\nSKIP 7\r\n12345\r\n"
                        + "ECHO "
                        + "x".repeat(100)
                        + "\r\nECHO two\r\nQUIT\r\nECHO never\r\n";
        List<String> expected = calls(tls, said, List.of(said.length()));
        long seed = new Random().nextLong();
        for (int round = 0; round < 15; round++) {
            Random random = new Random(seed + round);
            List<Integer> cuts = new ArrayList<>();
            for (int at = 0; at < said.length(); at = cuts.getLast()) {
                cuts.add(Math.min(said.length(), at + 1 + random.nextInt(8)));
            }
            assertThat(calls(tls, said, cuts)).as("seed %d", seed + round).isEqualTo(expected);
        }
    }

    private static List<String> calls(TlsMode tls, String said, List<Integer> cuts)
            throws Exception {
        try (EchoStage stage = stage(tls);
                TestClient client = client(stage)) {
            int from = 0;
            for (int to : cuts) {
                client.send(said.substring(from, to));
                from = to;
            }
            List<String> calls =
                    new ArrayList<>(List.of(new String(client.rest(), StandardCharsets.UTF_8)));
            stage.protocol().awaitCall("closed");
            calls.addAll(stage.protocol().calls());
            return calls;
        }
    }
}
