package org.postrider.transport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner itself: a dialogue that should fail does.
class DialogueTest {

    /// A server that says one text to everybody, and closes.
    private static final class OneText implements Stage {
        private final ServerSocket server =
                new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<String> given = new ArrayList<>();

        OneText(String text) throws IOException {
            Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        try (Socket client = server.accept()) {
                            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                        }
                    }
                } catch (IOException e) {
                    if (!server.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }

        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        @Override
        public void given(String what) {
            given.add(what);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static List<String> play(String said, String... steps) throws Exception {
        List<String> lines = new ArrayList<>(List.of("# why"));
        lines.addAll(List.of(steps));
        try (OneText stage = new OneText(said)) {
            Dialogue.parse("test", lines).play(stage);
            return stage.given;
        }
    }

    @Test
    void whatIsExpectedPasses() throws Exception {
        play("a\r\nb\r\n", "S: a", "S: b", "S: <CLOSED>");
        play("a\r\nb\r\nc\r\n", "S* c", "S: <CLOSED>");
        play("x <a> [x]\r\n", "S: x <hole> [x]");
        play("1 1 2\r\n", "S: <n> <n> <m>", "S2: <n> 1 <m>", "S3: 1 1 <m>");
        play("ok <alice@example.test>\r\n", "S: ok <alice@example.test>");
        assertThat(play("n 5\r\n", "GIVEN one", "S: n <n>", "GIVEN two <n>"))
                .containsExactly("one", "two 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S: b",
                "S: a ",
                "S: A",
                "S: .",
                "S: <CLOSED>",
                "S: a|S: b",
                "S* b",
                "S: <x>|S2: <x><x>",
                "S: a|S: <CLOSED>|S: a"
            })
    void whatIsNotExpectedFails(String steps) {
        assertThatThrownBy(() -> play("a\r\n", steps.split("\\|", -1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("test:");
    }

    @Test
    void aLineOfTheServerEndsWithCrlf() {
        assertThatThrownBy(() -> play("a\n", "S: a")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aScriptSaysWhyAndUsesKnownSteps() {
        assertThatThrownBy(() -> Dialogue.parse("test", List.of("S: a")))
                .hasMessageContaining("why");
        assertThatThrownBy(() -> Dialogue.parse("test", List.of("# why", "X: a")))
                .hasMessageContaining("test:2");
        assertThatThrownBy(() -> Dialogue.parse("test", List.of("# why", "TLS: a")))
                .hasMessageContaining("test:2");
    }

    @Test
    void octetsAreWrittenAsEscapes() {
        assertThat(Escapes.octets("a\\r\\n\\0\\\\\\xff\\x41\u00e9"))
                .containsExactly('a', '\r', '\n', 0, '\\', 0xff, 'A', 0xc3, 0xa9);
        assertThatThrownBy(() -> Escapes.octets("\\q"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Escapes.octets("end\\"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
