package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.transport.testing.TestClient;

/// One store behind three protocols, as the whole server.
class WholeServerTest {

    private static final String ANNA = "anna@example.test";

    @TempDir private Path directory;

    @Test
    void aMessageComesInBySmtpGoesOutByPop3AndImapAndSurvivesARestart()
            throws IOException, InterruptedException {
        try (var server = RunningServer.start(directory)) {
            server.account(ANNA, "secret");
            MailTalk.deliver(server.listener("mx"), ANNA, "Hello, Anna.");
            assertThat(MailTalk.fetchByPop3(server.listener("pop3"), ANNA, "secret"))
                    .containsExactly("Hello, Anna.");
            assertThat(MailTalk.readByImap(server.listener("imap"), ANNA, "secret"))
                    .containsExactly("Hello, Anna.");
        }
        try (var server = RunningServer.start(directory)) {
            MailTalk.deliver(server.listener("mx"), ANNA, "Hello again.");
            assertThat(MailTalk.readByImap(server.listener("imap"), ANNA, "secret"))
                    .containsExactly("Hello, Anna.", "Hello again.");
            assertThat(MailTalk.fetchByPop3(server.listener("pop3"), ANNA, "secret"))
                    .containsExactly("Hello, Anna.", "Hello again.");
        }
    }

    @Test
    void wrongPasswordsAndUnknownAccountsAreTurnedAwayInTheSameWords()
            throws IOException, InterruptedException {
        try (var server = RunningServer.start(directory)) {
            server.account(ANNA, "secret");
            assertThat(refusal(server, ANNA)).isEqualTo(refusal(server, "nobody@example.test"));
            assertThat(refusal(server, ANNA)).isEqualTo(refusal(server, "no address at all"));
        }
    }

    @Test
    void whereTheListenerSaysTlsThereIsNoLoginInClearText() throws IOException {
        try (var server = RunningServer.start(directory, "postrider.login.plain-text=tls")) {
            try (var client = TestClient.connect(server.listener("imap"))) {
                assertThat(client.line()).startsWith("* OK").contains("LOGINDISABLED");
            }
            try (var client = TestClient.connect(server.listener("mx"))) {
                MailTalk.expect(client, "220 ");
                MailTalk.command(client, "EHLO sender.example.org", "250 ");
                MailTalk.command(client, "AUTH PLAIN AGEAYg==", "5");
            }
        }
    }

    @Test
    void aListenerThatIsOffIsNotThere() throws IOException, InterruptedException {
        try (var server = RunningServer.start(directory, "postrider.listen.pop3=off")) {
            assertThat(server.bean(MailListeners.class).addresses()).doesNotContainKey("pop3");
            assertThat(server.get("/actuator/health").body()).doesNotContain("\"pop3\"");
        }
    }

    private static String refusal(RunningServer server, String name) throws IOException {
        try (var client = TestClient.connect(server.listener("imap"))) {
            MailTalk.expect(client, "* OK");
            return MailTalk.command(client, "a LOGIN \"" + name + "\" wrong", "a NO");
        }
    }
}
