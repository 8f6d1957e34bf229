package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;

/// Commands in any order, sent in packets of any size, against a model that knows only how far a
/// session is: every reply has the code the model says, none is missing and none is too many, and
/// in the end the store holds what was answered with 250.
final class RandomCommandsTest {

    private static final int COMMANDS = 3_000;
    private static final int LONGEST_PACKET = 12;
    private static final long LARGEST_MESSAGE = 2_000;

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everyReplyIsTheOneTheModelExpects(long seed) throws IOException {
        var limits =
                new SmtpLimits(
                        LARGEST_MESSAGE,
                        4,
                        512,
                        600,
                        3,
                        1_000_000,
                        1_000_000,
                        1_000_000,
                        Duration.ofMinutes(5));
        var settings =
                SmtpSettings.mx(SmtpServer.HOSTNAME).withLimits(limits).withMxAuth(MxAuth.LOOPBACK);
        try (var server = new SmtpServer(directory)) {
            var address = server.listen(settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.NONE);
            try (var client = new SmtpClient(address)) {
                assertThat(client.reply()).startsWith("220 ");
                var model = new Model(new SplittableRandom(seed));
                for (int sent = 0; sent < COMMANDS; ) {
                    sent += packet(client, model, seed);
                }
                assertThat(client.command("QUIT")).startsWith("221 ");
                assertThat(client.isClosed()).isTrue();
                assertThat(server.count(server.alice())).as("seed %d", seed).isEqualTo(model.alice);
                assertThat(server.count(server.bob())).as("seed %d", seed).isEqualTo(model.bob);
            }
        }
    }

    private static int packet(SmtpClient client, Model model, long seed) throws IOException {
        var expected = new ArrayList<Expected>();
        var octets = new StringBuilder();
        for (int n = 1 + model.random.nextInt(LONGEST_PACKET); n > 0; n--) {
            for (var step : model.next()) {
                octets.append(step.octets());
                expected.add(step);
            }
        }
        client.send(octets.toString());
        for (var step : expected) {
            assertThat(client.reply())
                    .as("seed %d, reply to %s", seed, step.octets())
                    .startsWith(step.code());
        }
        return expected.size();
    }

    /// Octets to send, and how the one reply to them begins.
    private record Expected(String octets, String code) {}

    private static final class Model {

        private static final String LOGIN = "AUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=\r\n";

        private final SplittableRandom random;
        private boolean greeted;
        private boolean loggedIn;
        private boolean sending;
        private int paths;
        private boolean toAlice;
        private boolean toBob;
        private int alice;
        private int bob;

        Model(SplittableRandom random) {
            this.random = random;
        }

        List<Expected> next() {
            return switch (random.nextInt(22)) {
                case 0 -> List.of(hello("EHLO client.example", "250-"));
                case 1 -> List.of(hello("HELO client.example", "250 "));
                case 2, 3, 4 -> List.of(mail("alice@example.test", true));
                case 5 -> List.of(mail("carol@elsewhere.test", false));
                case 6, 7, 8 -> List.of(rcpt("alice@example.test", "250 2.1.5"));
                case 9 -> List.of(rcpt("bob@example.test", "250 2.1.5"));
                case 10 -> List.of(rcpt("nobody@example.test", "550 5.1.1"));
                case 11 -> List.of(rcpt("dave@elsewhere.test", "550 5.7.1"));
                case 12, 13, 14, 15 -> data();
                case 16 -> List.of(reset());
                case 17 -> List.of(login());
                case 18 -> List.of(new Expected("NOOP\r\n", "250 2.0.0"));
                case 19 -> List.of(new Expected(wrongLine(), "500 5.5.2"));
                case 20 -> List.of(new Expected("MAIL FROM:<x@y.test> X=1\r\n", "555 5.5.4"));
                default -> List.of(new Expected("RCPT TO:nobody\r\n", "501 5.1.3"));
            };
        }

        private String wrongLine() {
            return switch (random.nextInt(4)) {
                case 0 -> "FOO\r\n";
                case 1 -> "NOOP " + "x".repeat(600) + "\r\n";
                case 2 -> "RSET\n";
                default -> "RSET\0\r\n";
            };
        }

        private Expected hello(String line, String code) {
            greeted = true;
            endTransaction();
            return new Expected(line + "\r\n", code);
        }

        private Expected reset() {
            endTransaction();
            return new Expected("RSET\r\n", "250 2.0.0");
        }

        private Expected login() {
            if (loggedIn || !greeted || sending) {
                return new Expected(LOGIN, "503 5.5.1");
            }
            loggedIn = true;
            return new Expected(LOGIN, "235 2.7.0");
        }

        private Expected mail(String sender, boolean own) {
            var line = "MAIL FROM:<" + sender + ">\r\n";
            if (!greeted || sending) {
                return new Expected(line, "503 5.5.1");
            }
            if (loggedIn && !own) {
                return new Expected(line, "550 5.7.1");
            }
            sending = true;
            return new Expected(line, "250 2.1.0");
        }

        private Expected rcpt(String recipient, String code) {
            var line = "RCPT TO:<" + recipient + ">\r\n";
            if (!sending) {
                return new Expected(line, "503 5.5.1");
            }
            if (paths == 4) {
                return new Expected(line, "452 4.5.3");
            }
            if (code.startsWith("250")) {
                paths++;
                toAlice |= recipient.startsWith("alice");
                toBob |= recipient.startsWith("bob");
            }
            return new Expected(line, code);
        }

        private List<Expected> data() {
            if (!sending) {
                return List.of(new Expected("DATA\r\n", "503 5.5.1"));
            }
            if (paths == 0) {
                return List.of(new Expected("DATA\r\n", "554 5.5.1"));
            }
            var body = body();
            if (body.code().startsWith("250")) {
                alice += toAlice ? 1 : 0;
                bob += toBob ? 1 : 0;
            }
            endTransaction();
            return List.of(new Expected("DATA\r\n", "354 "), body);
        }

        private Expected body() {
            return switch (random.nextInt(12)) {
                case 0 -> new Expected("a\n.\r\nRSET\r\n.\r\n", "550 5.6.0");
                case 1 -> new Expected("a\r.\r\nRSET\r\n.\r\n", "550 5.6.0");
                case 2 -> new Expected("a\r\n.\nRSET\r\n.\r\n", "550 5.6.0");
                case 3 -> new Expected("a\0\r\n.\r\n", "550 5.6.0");
                case 4 -> new Expected("x".repeat(2_001) + "\r\n.\r\n", "552 5.3.4");
                case 5 -> new Expected("Received: 1\r\n".repeat(4) + ".\r\n", "554 5.4.6");
                case 6 -> new Expected(".\r\n", "250 2.0.0");
                default -> new Expected(lines(), "250 2.0.0");
            };
        }

        private String lines() {
            var text = new StringBuilder("Subject: random\r\n\r\n");
            for (int n = random.nextInt(8); n > 0; n--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append("..");
                    case 1 -> text.append(".RSET");
                    case 2 -> text.append("QUIT");
                    default -> text.append("x".repeat(random.nextInt(200)));
                }
                text.append("\r\n");
            }
            return text.append(".\r\n").toString();
        }

        private void endTransaction() {
            sending = false;
            paths = 0;
            toAlice = false;
            toBob = false;
        }
    }
}
